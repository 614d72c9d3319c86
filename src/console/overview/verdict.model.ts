import type { Overview, OverviewPart } from "../../triage/overview/overview-view.ts";
import { formatComing } from "../format/coming.ts";
import { formatCount, formatCounted } from "../format/count.ts";

/** Whether anything is wrong: `bad` fails, `wait` does not go on, `unknown` could not be read, `calm` needs nobody. */
export interface Verdict {
  readonly tone: "bad" | "wait" | "unknown" | "calm";
  /** One sentence. */
  readonly text: string;
}

/** The reader's clock. */
interface ReadAt {
  readonly now: Date;
  /** IANA name. */
  readonly timeZone: string;
}

interface Clause {
  readonly tone: "bad" | "wait";
  readonly text: string;
}

/** What each part is called where it is not known. */
const partNames: Readonly<Record<OverviewPart, string>> = {
  failures: "what fails",
  stuck: "what is stuck",
  money: "how the budgets stand",
  backlog: "what is under way",
  throughput: "how many files are done",
  searchable: "how long files take",
  providers: "how the providers are",
  reconciliation: "what the reconciliation found",
  requeues: "how the requeues go",
};

/** What is held by these is told of the budgets and the breakers. */
const toldElsewhere: ReadonlySet<string> = new Set(["held-by-budget", "breaker-open"]);

/** Whether anything is wrong, since when, and how bad it is, in one sentence. Pure. */
export function verdictOf(overview: Overview, at: ReadAt): Verdict {
  const clauses = [
    failing(overview, at),
    cutOff(overview, at),
    held(overview),
    stuck(overview),
    stopped(overview),
    disagreeing(overview),
  ].filter((clause) => clause !== null);
  const unknown = partsOf(overview).filter((part) => overview[part] === null);
  const notKnown =
    unknown.length === 0 ? [] : [`it is not known ${listed(unknown.map((part) => partNames[part]))}`];
  if (clauses.length > 0) {
    const text = [...clauses.map((clause) => clause.text), ...notKnown].join("; ");
    return { tone: clauses.some(({ tone }) => tone === "bad") ? "bad" : "wait", text: sentence(text) };
  }
  if (unknown.length > 0)
    return { tone: "unknown", text: sentence(`Nothing that could be read needs you; ${notKnown.join("")}`) };
  return { tone: "calm", text: "Nothing needs you." };
}

function partsOf(overview: Overview): OverviewPart[] {
  const { readAt: _, ...parts } = overview;
  return Object.keys(partNames).filter((name): name is OverviewPart => name in parts);
}

function failing({ failures }: Overview, at: ReadAt): Clause | null {
  if (failures === null || failures.groups === 0) return null;
  const [first, second, ...others] = failures.steps;
  if (first === undefined) return null;
  const who =
    second === undefined
      ? `${first.step} fails`
      : others.length === 0
        ? `${first.step} and ${second.step} fail`
        : `${first.step} and ${formatCounted(others.length + 1, "other step")} fail`;
  const began = failures.steps.flatMap(({ since }) => since ?? []).sort();
  const since = began[0] === undefined ? "again" : `since ${clockText(began[0], at)}`;
  const more = failures.capped ? "+" : "";
  const files = `${formatCount(failures.files)}${more} ${failures.files === 1 ? "file" : "files"}`;
  const groups = `${formatCount(failures.groups)}${more} ${failures.groups === 1 ? "group" : "groups"}`;
  return { tone: "bad", text: `${who} ${since} for ${files} in ${groups}` };
}

function cutOff({ providers }: Overview, at: ReadAt): Clause | null {
  const open = providers?.filter(({ state }) => state !== "closed") ?? [];
  const [first] = open;
  if (first === undefined) return null;
  if (open.length > 1)
    return { tone: "bad", text: `the breakers of ${listed(open.map(({ name }) => name))} are open` };
  const by = first.byHand ? "by hand " : "";
  return {
    tone: "bad",
    text: `the breaker of ${first.name} is open ${by}since ${clockText(first.since, at)}`,
  };
}

function held({ money }: Overview): Clause | null {
  if (money === null || money.holding === 0) return null;
  const steps = `${formatCount(money.held)}${money.heldCapped ? "+" : ""} ${money.held === 1 ? "step" : "steps"}`;
  const budgets = formatCounted(money.holding, "budget");
  return { tone: "wait", text: `${budgets} ${money.holding === 1 ? "holds" : "hold"} ${steps}` };
}

function stuck(overview: Overview): Clause | null {
  const reasons = overview.stuck?.reasons.filter(({ reason }) => !toldElsewhere.has(reason)) ?? [];
  const steps = reasons.reduce((sum, one) => sum + one.steps, 0);
  if (steps === 0) return null;
  const more = overview.stuck?.capped === true ? "+" : "";
  return {
    tone: "wait",
    text: `${formatCount(steps)}${more} ${steps === 1 && more === "" ? "step does" : "steps do"} not go on`,
  };
}

function stopped({ requeues }: Overview): Clause | null {
  const count = requeues?.filter(({ state }) => state === "stopped").length ?? 0;
  if (count === 0) return null;
  return { tone: "wait", text: `${formatCounted(count, "requeue")} ${count === 1 ? "has" : "have"} stopped` };
}

function disagreeing({ reconciliation }: Overview): Clause | null {
  const open = reconciliation?.last?.open ?? 0;
  return open === 0
    ? null
    : {
        tone: "wait",
        text: `${formatCounted(open, "finding")} of the reconciliation ${open === 1 ? "is" : "are"} open`,
      };
}

/** "02:14" of today, "28 Nov 02:14" of another day. */
function clockText(iso: string, { now, timeZone }: ReadAt): string {
  return formatComing(iso, now, timeZone).replace(/^today /, "");
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
