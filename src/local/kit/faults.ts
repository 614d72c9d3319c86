import { z } from "zod";
import type { Clock } from "../../kernel/clock.ts";
import { sha256Hex } from "../../kernel/hash.ts";

/** For how long a reordered request or delivery waits to be passed, in ms by the clock, so that none hangs. */
export const reorderBoundMs = 2000;

/** How a fault is asked for. What is left out is not disturbed. */
export const faultSchema = z
  .strictObject({
    /** `request`: what a client asks of the service; `delivery`: what the service sends out itself. */
    on: z.enum(["request", "delivery"]).default("request"),
    /** A part of the path (request) or of the destination URL (delivery); the empty text matches all. */
    match: z.string().default(""),
    /** Waits so long before anything else, in ms. */
    latencyMs: z.number().nonnegative().optional(),
    /** Waits until the next match has passed, or for `reorderBoundMs`. The one that passes is not disturbed. */
    reorder: z.boolean().optional(),
    /** Answers with this status instead of doing the work. */
    status: z.number().int().min(200).max(599).optional(),
    /** With a status: when the client may come back, as `Retry-After` in s. */
    retryAfterSec: z.number().int().nonnegative().optional(),
    /** Breaks the connection: before the work, or after it, so that only the answer is lost. */
    drop: z.enum(["before", "after"]).optional(),
    /** Sends the same once more. */
    duplicate: z.boolean().optional(),
    /** Share of the matches that are disturbed, 0 to 1. */
    probability: z.number().min(0).max(1).default(1),
    /** How many matches are disturbed before the fault is over. */
    times: z.number().int().positive().optional(),
  })
  .refine(({ on, duplicate }) => on === "delivery" || !duplicate, {
    path: ["duplicate"],
    message:
      'Only deliveries are duplicated. A client repeats a request itself when drop "after" loses the answer.',
  });

/** What a fault does. */
export type Fault = z.output<typeof faultSchema>;

/** A fault that is set. */
interface SetFault extends Fault {
  /** Names it among the faults of its service. */
  readonly id: number;
  /** How many matches it has disturbed. */
  readonly disturbed: number;
}

/** A request or a delivery that may meet a fault. */
interface Passage {
  readonly on: Fault["on"];
  /** The path, or the destination URL. */
  readonly target: string;
  readonly clock: Clock;
  /** Ends the waiting. */
  readonly signal?: AbortSignal;
}

/** The faults of one service. */
export interface Faults {
  add(fault: Fault): void;
  /** Removes one. @returns false when it is not set */
  remove(id: number): boolean;
  clear(): void;
  list(): readonly SetFault[];
  /**
   * Runs `work` for one request or delivery. The first fault that meets it counts as used, has made it wait
   * for its latency and its turn, and is handed to `work`, which does the rest.
   */
  disturb<Result>(passage: Passage, work: (fault: Fault | undefined) => Promise<Result>): Promise<Result>;
}

interface Entry {
  readonly id: number;
  readonly fault: Fault;
  matches: number;
  disturbed: number;
  /** Lets the one go that waits to be passed. */
  held: AbortController | undefined;
}

/**
 * An empty set of faults. Chance is drawn from a fault's id and the number of its matches, so that the same
 * requests meet the same faults again.
 */
export function createFaults(): Faults {
  let active: Entry[] = [];
  let lastId = 0;
  const removeWhere = (leaves: (entry: Entry) => boolean) => {
    const leaving = active.filter(leaves);
    active = active.filter((entry) => !leaves(entry));
    for (const entry of leaving) entry.held?.abort();
    return leaving.length > 0;
  };
  return {
    add(fault) {
      lastId += 1;
      active.push({ id: lastId, fault, matches: 0, disturbed: 0, held: undefined });
    },
    remove: (id) => removeWhere((entry) => entry.id === id),
    clear() {
      removeWhere(() => true);
      lastId = 0;
    },
    list: () => active.map(({ id, fault, disturbed }) => ({ ...fault, id, disturbed })),
    async disturb(passage, work) {
      const { fault, turn, passed } = meet(active, passage);
      const { clock, signal } = passage;
      if (fault?.latencyMs) await clock.wait(fault.latencyMs, signal);
      if (turn) {
        await clock.wait(reorderBoundMs, AbortSignal.any([turn.signal, ...(signal ? [signal] : [])]));
        // Not passed in time: it waits no more, and the next match finds nobody to pass.
        turn.abort();
      }
      try {
        return await work(fault);
      } finally {
        for (const held of passed) held.abort();
      }
    },
  };
}

/** What a passage meets: the fault, what its turn waits for, and whom it lets go once it has passed. */
interface Meeting {
  fault?: Fault;
  turn?: AbortController;
  readonly passed: AbortController[];
}

function meet(active: readonly Entry[], { on, target }: Passage): Meeting {
  const passed: AbortController[] = [];
  for (const entry of active) {
    const { fault } = entry;
    if (fault.on !== on || !target.includes(fault.match)) continue;
    if (entry.held && !entry.held.signal.aborted) {
      passed.push(entry.held);
      entry.held = undefined;
      continue;
    }
    if (entry.disturbed === fault.times) continue;
    entry.matches += 1;
    if (draw(`${entry.id}.${entry.matches}`) >= fault.probability) continue;
    entry.disturbed += 1;
    if (!fault.reorder) return { fault, passed };
    entry.held = new AbortController();
    return { fault, turn: entry.held, passed };
  }
  return { passed };
}

/** A number in [0, 1) that depends on the seed alone. */
function draw(seed: string): number {
  return Number.parseInt(sha256Hex(seed).slice(0, 8), 16) / 2 ** 32;
}
