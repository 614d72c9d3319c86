import { stepNames } from "../../pipeline/graph.ts";
import { traitLabel } from "../../triage/failures/file-traits.ts";
import type { PlanRequest, PlanView, Selection } from "../../triage/plans/plan-view.ts";
import { attributeWords } from "../failures/group/attribute-words.ts";
import { formatCount, formatCounted } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { formatMoney } from "../format/money.ts";
import { exclusionsText } from "../requeues/exclusion-words.ts";

/** How many files of a plan would be requeued now: those that it includes, without what has changed since. */
export function filesToGo({ included, changed }: Pick<PlanView, "included" | "changed">): number {
  return Math.max(0, included - sumOf(changed));
}

/** What carrying the plan out would do, in one sentence. */
export function planSentence(plan: PlanView): string {
  const left = plan.selected - plan.included;
  if (plan.selected === 0) return "Nothing to requeue: the selection has found no file.";
  if (plan.included === 0)
    return `Nothing to requeue: ${plan.selected === 1 ? "the one file is" : `all ${formatCount(plan.selected)} files are`} left out.`;
  const which =
    left === 0
      ? formatCounted(plan.included, "file")
      : `${formatCount(plan.included)} of ${formatCounted(plan.selected, "file")}`;
  const rest = left === 0 ? "" : `; ${formatCount(left)} ${left === 1 ? "is" : "are"} left out`;
  return `Requeue ${which} ${placeText(plan)}${rest}. ${costText(plan.cost)}.`;
}

/** What has happened to files of the plan since it was made, in one sentence; null: nothing. */
export function changedSentence({ changed, included }: PlanView): string | null {
  const files = sumOf(changed);
  if (files === 0) return null;
  const all = files >= included ? " Nothing is left of the plan." : "";
  return `Since it was planned, ${exclusionsText(changed)}: ${files === 1 ? "it is" : "they are"} skipped.${all}`;
}

/** From where files go on, as a part of a sentence. */
export function placeText({ from, graph }: Pick<PlanView, "from" | "graph">): string {
  if (graph === "current") return "from the start on the newest graph";
  if (from === "failed") return "from the step that failed";
  return from === "start" ? "from the start" : `from ${from}`;
}

/** What a plan costs: its range, and the steps that are not in it as nothing is known of them yet. */
export function costText(cost: PlanView["cost"]): string {
  const { unknown } = cost;
  return unknown.length === 0 ? rangeText(cost) : `${rangeText(cost)} without ${listed.format(unknown)}`;
}

const listed = new Intl.ListFormat("en", { type: "conjunction" });

/** A range of money: "$0.42 to $0.61", or one amount where both read the same. */
export function rangeText(cost: Pick<PlanView["cost"], "lowNanoUsd" | "highNanoUsd">): string {
  const low = formatMoney(cost.lowNanoUsd);
  const high = formatMoney(cost.highNanoUsd);
  return low === high ? low : `${low} to ${high}`;
}

/** How a requeue goes, in one sentence: "At most 60 a minute; 20 first, the rest if at least 90 % of them succeed." */
export function optionsSentence(options: PlanRequest["options"]): string {
  const { perMinute, canary, undoSeconds, includePoison } = options;
  const parts = [
    perMinute === null ? "as fast as they are taken" : `at most ${formatCount(perMinute)} a minute`,
    ...(canary === null
      ? []
      : [
          `${formatCount(canary.files)} first, the rest if at least ${canary.succeedPercent} % of them succeed`,
        ]),
    undoSeconds === 0 ? "no time for undo" : `${formatDuration(undoSeconds * 1_000)} for undo`,
    ...(includePoison ? ["poison too"] : []),
  ];
  const text = parts.join("; ");
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** What was selected: in words, and the page where it is seen. */
export function selectionLink(selection: Selection): { text: string; href: string | null } {
  switch (selection.kind) {
    case "step":
      return { text: "one step", href: null };
    case "files": {
      const [only] = selection.files;
      return selection.files.length === 1 && only !== undefined
        ? { text: "one file", href: `/files/${encodeURIComponent(only)}` }
        : { text: `${formatCounted(selection.files.length, "file")} chosen by hand`, href: null };
    }
    case "group":
      return {
        text:
          selection.where === undefined
            ? "all files of a failure"
            : `files of a failure with ${attributeWords[selection.where.attribute]} ${traitLabel(selection.where)}`,
        href: `/failures/${encodeURIComponent(selection.group)}`,
      };
    case "filter":
      return { text: filterText(selection.filter), href: filterHref(selection.filter) };
  }
}

type Filter = Extract<Selection, { kind: "filter" }>["filter"];

function filterText({ project, status, q, step, code, createdAfter, createdBefore }: Filter): string {
  const parts = [
    ...(status === undefined ? [] : [status.join(" or ")]),
    ...(project === undefined ? [] : [`in ${project}`]),
    ...(q === undefined ? [] : [`named “${q}”`]),
    ...(step === undefined ? [] : [`failed at ${step}`]),
    ...(code === undefined ? [] : [`with ${code}`]),
    ...(createdAfter === undefined ? [] : [`since ${createdAfter}`]),
    ...(createdBefore === undefined ? [] : [`before ${createdBefore}`]),
  ];
  return parts.length === 0 ? "all files" : `all files that are ${parts.join(", ")}`;
}

function filterHref({ project, status, q }: Filter): string {
  const query = new URLSearchParams();
  if (status !== undefined) query.set("status", status.join(","));
  if (project !== undefined) query.set("project", project);
  if (q !== undefined) query.set("q", q);
  return query.size === 0 ? "/files" : `/files?${query}`;
}

/** The places from which a plan can begin, as choices. */
export const placeChoices = [
  { value: "failed", label: "The step that failed" },
  { value: "start", label: "The start" },
  ...stepNames.map((name) => ({ value: name, label: `From ${name} on` })),
];

/** What makes the same plan anew, with nothing changed yet. */
export function requestOf(plan: PlanView): PlanRequest {
  const { selection, from, graph, options } = plan;
  return { selection, from, graph, options };
}

/** Whether two requests ask for the same. */
export function sameRequest(one: PlanRequest, other: PlanRequest): boolean {
  return (
    JSON.stringify([one.from, one.graph, one.options]) ===
    JSON.stringify([other.from, other.graph, other.options])
  );
}

function sumOf(reasons: readonly { readonly files: number }[]): number {
  return reasons.reduce((sum, { files }) => sum + files, 0);
}
