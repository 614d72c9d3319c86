import type { failureMoves } from "../../../db/schema/failures.ts";

/** A merge or a split of a failure group that is under way. */
export type Move = typeof failureMoves.$inferSelect;
