import { criticalPath } from "./critical-path.ts";
import { runStretches } from "./run-stretches.ts";
import { type Stretch, type TimedRun, type TimeKind, timeReasons } from "./timed-run.ts";

/** What a part of a run's time went to; `ms` of all parts add up to the run's whole time. */
interface TimePart {
  readonly kind: TimeKind;
  readonly step: string | null;
  readonly reason: string | null;
  readonly ms: number;
  /** The spans of the longest attempts in it, of work. */
  readonly spanIds?: readonly string[];
}

/** A piece of the time line; the pieces follow each other without a gap. Times are ms since the epoch. */
interface TimeInterval {
  readonly kind: TimeKind;
  readonly step: string | null;
  readonly reason: string | null;
  readonly startMs: number;
  readonly endMs: number;
}

/** Where the time of a run went. */
export interface TimeAccount {
  readonly wallMs: number;
  readonly parts: readonly TimePart[];
  readonly intervals: readonly TimeInterval[];
  readonly criticalPath: readonly {
    readonly stepId: string;
    readonly name: string;
    readonly shard: number;
    /** Its attempts on the path, from the first to the last. */
    readonly spanIds: readonly string[];
  }[];
}

/** How many spans a part names. */
const spanLimit = 20;

/**
 * Gives every instant of a run to one thing: to work, first of all on the critical path, then of the earliest
 * step; else to the wait that matters most. What nothing explains is said to be unexplained. Pure.
 */
export function accountForTime(run: TimedRun): TimeAccount {
  const stretches = runStretches(run);
  const path = criticalPath(run);
  const critical = new Set(path.map(({ attempt }) => attempt.spanId));
  const layers = layersOf(run, stretches, critical);
  const intervals = sweep(run, layers);
  return {
    wallMs: run.endMs - run.startMs,
    parts: sumUp(intervals, stretches),
    intervals,
    criticalPath: [...Map.groupBy(path, ({ step }) => step)].map(([step, attempts]) => ({
      stepId: step.id,
      name: step.name,
      shard: step.shard,
      spanIds: attempts.map(({ attempt }) => attempt.spanId),
    })),
  };
}

/** Stretches of one kind, step and reason; a layer covers those after it. */
interface Layer {
  readonly of: Pick<Stretch, "kind" | "step" | "reason">;
  readonly rank: number;
  readonly stretches: Stretch[];
}

function keyOf({ kind, step, reason }: Layer["of"]): string {
  return `${kind}\n${step}\n${reason}`;
}

const waitRanks = { backoff: 2, "flow-control": 3, held: 4, queue: 5, siblings: 6 } as const;

/** Time between rounds explains only what nothing else does. */
const requeueRank = 7;

function rankOf(stretch: Stretch, critical: ReadonlySet<string>): number {
  if (stretch.reason === timeReasons.requeue) return requeueRank;
  if (stretch.kind === "unexplained") return Number.POSITIVE_INFINITY;
  if (stretch.kind !== "work") return waitRanks[stretch.kind];
  return stretch.spanId !== undefined && critical.has(stretch.spanId) ? 0 : 1;
}

function layersOf(run: TimedRun, stretches: readonly Stretch[], critical: ReadonlySet<string>): Layer[] {
  const places = new Map(run.graph.map((definition, place) => [definition.name, place]));
  const placeOf = (layer: Layer) => places.get(layer.of.step ?? "") ?? -1;
  const layers = new Map<string, Layer>();
  for (const stretch of stretches) {
    const rank = rankOf(stretch, critical);
    const key = `${rank} ${keyOf(stretch)}`;
    const layer = layers.get(key);
    if (layer) layer.stretches.push(stretch);
    else layers.set(key, { of: stretch, rank, stretches: [stretch] });
  }
  return [...layers.values()].sort((a, b) => a.rank - b.rank || placeOf(a) - placeOf(b));
}

/** Goes along the time line and takes, between any two changes, the first layer that has a stretch there. */
function sweep(run: TimedRun, layers: readonly Layer[]): TimeInterval[] {
  const within = (ms: number) => Math.min(Math.max(ms, run.startMs), run.endMs);
  const changes = layers.flatMap(({ stretches }, layer) =>
    stretches.flatMap((stretch) => [
      { atMs: within(stretch.fromMs), layer, by: 1 },
      { atMs: within(stretch.toMs), layer, by: -1 },
    ]),
  );
  changes.sort((a, b) => a.atMs - b.atMs);
  const open = layers.map(() => 0);
  const intervals: TimeInterval[] = [];
  let fromMs = run.startMs;
  for (const change of [...changes, { atMs: run.endMs, layer: -1, by: 0 }]) {
    if (change.atMs > fromMs) {
      addInterval(intervals, layers[open.findIndex((count) => count > 0)], fromMs, change.atMs);
      fromMs = change.atMs;
    }
    open[change.layer] = (open[change.layer] ?? 0) + change.by;
  }
  return intervals;
}

function addInterval(
  intervals: TimeInterval[],
  layer: Layer | undefined,
  startMs: number,
  endMs: number,
): void {
  const { kind, step, reason } = layer?.of ?? { kind: "unexplained" as const, step: null, reason: null };
  const last = intervals.at(-1);
  if (last?.kind === kind && last.step === step && last.reason === reason)
    intervals[intervals.length - 1] = { ...last, endMs };
  else intervals.push({ kind, step, reason, startMs, endMs });
}

function sumUp(intervals: readonly TimeInterval[], stretches: readonly Stretch[]): TimePart[] {
  const byPart = Map.groupBy(stretches, keyOf);
  return [...Map.groupBy(intervals, keyOf)].flatMap(([key, own]) => {
    const [first] = own;
    if (first === undefined) return [];
    const { kind, step, reason } = first;
    const ms = own.reduce((sum, interval) => sum + interval.endMs - interval.startMs, 0);
    const spanIds = longestSpans(byPart.get(key) ?? []);
    return [{ kind, step, reason, ms, ...(spanIds.length > 0 && { spanIds }) }];
  });
}

function longestSpans(stretches: readonly Stretch[]): string[] {
  const lasting = stretches.toSorted((a, b) => b.toMs - b.fromMs - (a.toMs - a.fromMs));
  return lasting.slice(0, spanLimit).flatMap(({ spanId }) => spanId ?? []);
}
