import { assertNever } from "../../../kernel/assert-never.ts";
import { normalizeScores } from "./normalize-scores.ts";

/** How the hits of the dense and of the sparse side become one list. */
export type FusionAlgorithm = "RRF" | "DBSF";

/** A hit of one side. */
export interface Scored {
  readonly id: string;
  readonly score: number;
}

/** Ranks count from 0 and this is added to them. */
const rankOffset = 60;

/**
 * Fuses the hits of several sides, each best first. A record's scores add up; one that a side lacks adds
 * nothing there. The best comes first, and of equal ones that which an earlier side has higher.
 */
export function fuse(algorithm: FusionAlgorithm, sides: readonly (readonly Scored[])[]): Scored[] {
  const sums = new Map<string, number>();
  for (const side of sides) {
    const mapped = mapScores(algorithm, side);
    for (const [rank, { id }] of side.entries()) {
      sums.set(id, Math.fround((sums.get(id) ?? 0) + (mapped[rank] ?? 0)));
    }
  }
  return Array.from(sums, ([id, score]) => ({ id, score })).sort((a, b) => b.score - a.score);
}

function mapScores(algorithm: FusionAlgorithm, side: readonly Scored[]): number[] {
  switch (algorithm) {
    case "RRF":
      return side.map((_, rank) => Math.fround(1 / (rank + rankOffset)));
    case "DBSF":
      return normalizeScores(side.map(({ score }) => score));
    default:
      return assertNever(algorithm);
  }
}
