import type { FileTime } from "../../../pipeline/time/time-view.ts";
import { formatDuration } from "../../format/duration.ts";
import { waitWords } from "../../status/wait-words.ts";

type AccountPart = FileTime["parts"][number];

/** One part of the bar: all of a run's time that went into the work of one step, or into one kind of waiting. */
export interface TimePart {
  readonly key: string;
  readonly kind: AccountPart["kind"] | "requeue";
  /** What the time went into, in plain words. */
  readonly words: string;
  readonly ms: number;
  /** Of the wall time, 0 to 1. */
  readonly share: number;
  /** The steps that waited, the longest first; empty where the words say it already. */
  readonly steps: readonly { readonly name: string; readonly ms: number }[];
  /** The span, or the row, of the trace to look at; null where there is none. */
  readonly leadsTo: string | null;
}

/** The parts of a run's time: work in the order of the steps, then the waits, the longest first. */
export function timeParts(time: FileTime): TimePart[] {
  const parts = [...Map.groupBy(time.parts, keyOf)].map(([key, members]) => foldParts(time, key, members));
  const work = parts.filter(({ kind }) => kind === "work");
  const waits = parts.filter(({ kind }) => kind !== "work");
  return [...work, ...waits.sort((a, b) => b.ms - a.ms)];
}

/** The bar in one sentence, for those who do not see it. */
export function timeSentence(parts: readonly TimePart[], wallMs: number): string {
  const said = parts.map(({ words, ms }) => `${words} ${formatDuration(ms)}`);
  return `${formatDuration(wallMs)} in all: ${said.join("; ")}.`;
}

/** Which steps a part is made of: "Queue: embed 1.01 s, inspect 124 ms"; null where that says nothing new. */
export function stepsSentence({ words, steps }: TimePart): string | null {
  if (steps.length === 0) return null;
  return `${words}: ${steps.map(({ name, ms }) => `${name} ${formatDuration(ms)}`).join(", ")}`;
}

/** "12 %"; less than a half per cent is said to be so. */
export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.5) return "< 1 %";
  return `${Math.round(percent)} %`;
}

/** Waits of one kind are one part, whichever step waited; what holds and what limits is told apart. */
function keyOf({ kind, step, reason }: AccountPart): string {
  if (kind === "work") return `${kind} ${step} ${reason}`;
  return kind === "held" || kind === "flow-control" ? `${kind} ${reason}` : kind;
}

function foldParts(time: FileTime, key: string, members: readonly AccountPart[]): TimePart {
  const ms = members.reduce((sum, part) => sum + part.ms, 0);
  const longest = members.toSorted((a, b) => b.ms - a.ms);
  const [first] = longest;
  const steps = longest.flatMap((part) => (part.step === null ? [] : [{ name: part.step, ms: part.ms }]));
  const row = first?.step == null ? null : `${time.run}.${first.step}`;
  return {
    key,
    kind: first?.reason === "requeue" ? "requeue" : (first?.kind ?? "unexplained"),
    words: first === undefined ? "" : wordsOf(first),
    ms,
    share: time.wallMs === 0 ? 0 : ms / time.wallMs,
    steps: first?.kind === "work" ? [] : steps,
    leadsTo: first?.spanIds?.[0] ?? row,
  };
}

/** What holds that are no error of the step's own waited for. */
const holdWords: Readonly<Record<string, string>> = {
  budget_exhausted: "for a budget",
  breaker_open: "for a provider",
};

function wordsOf({ kind, step, reason }: AccountPart): string {
  if (kind === "work") {
    if (step === null) return reason ?? "other work";
    return reason === "lost" ? `${step} (worker lost)` : step;
  }
  if (reason === "requeue") return waitWords.requeue;
  const why = kind === "held" || kind === "flow-control" ? reason : null;
  const told = why === null ? null : (holdWords[why] ?? why);
  return `${waitWords[kind]}${told === null ? "" : ` (${told})`}`;
}
