/** The names of all steps, in the order in which a document passes them. */
export const stepNames = ["inspect", "extract", "chunk", "embed", "index", "finalize"] as const;

/** The name of a step of the graph. */
export type StepName = (typeof stepNames)[number];

/** What must have succeeded before a step instance may run. */
export interface Need {
  readonly step: StepName;
  /** `all`: every shard of that step; `same-shard`: the shard with the same number. */
  readonly shards: "all" | "same-shard";
}

/** One step of a graph. */
export interface StepDefinition {
  readonly name: StepName;
  readonly needs: readonly Need[];
  /** The step whose result says how many shards this one has; null: it is there from the start, once. */
  readonly plannedBy: StepName | null;
  /** Which unit a shard is, for people. */
  readonly fanOut: "once" | "page range" | "batch";
  readonly maxAttempts: number;
  /** How long one attempt may take, in ms; the lease is this long. */
  readonly timeLimitMs: number;
  readonly meters: readonly string[];
}

/** A version of the pipeline. A run keeps the version that it started with. */
export interface StepGraph {
  readonly version: number;
  readonly steps: readonly StepDefinition[];
}

/** What every step is charged for, whatever it does. */
const engine = ["qstash.messages", "compute.ms", "compute.memory"];

const versionOne: StepGraph = {
  version: 1,
  steps: [
    {
      name: "inspect",
      needs: [],
      plannedBy: null,
      fanOut: "once",
      maxAttempts: 4,
      timeLimitMs: 60_000,
      meters: engine,
    },
    {
      name: "extract",
      needs: [{ step: "inspect", shards: "all" }],
      plannedBy: "inspect",
      fanOut: "page range",
      maxAttempts: 4,
      timeLimitMs: 120_000,
      meters: [...engine, "db.rows"],
    },
    {
      name: "chunk",
      needs: [{ step: "extract", shards: "all" }],
      plannedBy: "inspect",
      fanOut: "once",
      maxAttempts: 4,
      timeLimitMs: 120_000,
      meters: [...engine, "db.rows"],
    },
    {
      name: "embed",
      needs: [{ step: "chunk", shards: "all" }],
      plannedBy: "chunk",
      fanOut: "batch",
      maxAttempts: 6,
      timeLimitMs: 120_000,
      meters: [...engine, "embedding.tokens", "db.rows"],
    },
    {
      name: "index",
      needs: [{ step: "embed", shards: "same-shard" }],
      plannedBy: "chunk",
      fanOut: "batch",
      maxAttempts: 6,
      timeLimitMs: 120_000,
      meters: [...engine, "vector.writes"],
    },
    {
      name: "finalize",
      needs: [{ step: "index", shards: "all" }],
      plannedBy: "chunk",
      fanOut: "once",
      maxAttempts: 6,
      timeLimitMs: 120_000,
      meters: [...engine, "vector.writes"],
    },
  ],
};

/** Every version that a stored run may have, by number. Versions are added, never changed. */
export const graphs: ReadonlyMap<number, StepGraph> = new Map([[1, versionOne]]);

/** The version that new runs get. */
export const currentGraph: StepGraph = versionOne;
