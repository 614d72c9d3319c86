import { z } from "zod";
import { sha256Hex } from "../../kernel/hash.ts";

/** How a fault is asked for. What is left out is not disturbed. */
export const faultSchema = z.strictObject({
  /** `request`: what a client asks of the service; `delivery`: what the service sends out itself. */
  on: z.enum(["request", "delivery"]).default("request"),
  /** A part of the path (request) or of the destination URL (delivery); the empty text matches all. */
  match: z.string().default(""),
  /** Waits so long before anything else, in ms. */
  latencyMs: z.number().nonnegative().optional(),
  /** Answers with this status instead of doing the work. */
  status: z.number().int().min(200).max(599).optional(),
  /** Breaks the connection: before the work, or after it, so that only the answer is lost. */
  drop: z.enum(["before", "after"]).optional(),
  /** Deliveries alone: sends the same once more. */
  duplicate: z.boolean().optional(),
  /** Share of the matches that are disturbed, 0 to 1. */
  probability: z.number().min(0).max(1).default(1),
  /** How many matches are disturbed before the fault is over. */
  times: z.number().int().positive().optional(),
});

/** One fault that is set. */
export type Fault = z.output<typeof faultSchema>;

/** The faults of one service. */
export interface Faults {
  add(fault: Fault): void;
  clear(): void;
  list(): readonly Fault[];
  /** The first fault that meets this target now; counts it as used. */
  take(on: Fault["on"], target: string): Fault | undefined;
}

/**
 * An empty set of faults. Chance is drawn from a fault's place and the number of its matches, so that the
 * same requests meet the same faults again.
 */
export function createFaults(): Faults {
  let active: { fault: Fault; matches: number; left: number }[] = [];
  return {
    add(fault) {
      active.push({ fault, matches: 0, left: fault.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      active = [];
    },
    list: () => active.map((entry) => entry.fault),
    take(on, target) {
      for (const [place, entry] of active.entries()) {
        if (entry.left === 0 || entry.fault.on !== on || !target.includes(entry.fault.match)) continue;
        entry.matches += 1;
        if (draw(`${place}.${entry.matches}`) >= entry.fault.probability) continue;
        entry.left -= 1;
        return entry.fault;
      }
      return undefined;
    },
  };
}

/** A number in [0, 1) that depends on the seed alone. */
function draw(seed: string): number {
  return Number.parseInt(sha256Hex(seed).slice(0, 8), 16) / 2 ** 32;
}
