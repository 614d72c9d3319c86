/** Why money was spent for nothing. */
export const wasteKinds = [
  /** An attempt that ended in a fault, its delivery among it. */
  "failed-attempt",
  /** An attempt whose worker vanished. */
  "lost-attempt",
  /** A delivery that found nothing to do. */
  "duplicate-delivery",
  /** A delivery that no worker took up, and the callback that told of it. */
  "failed-delivery",
  /** An original that was stored and then refused, or was there already. */
  "refused-upload",
  /** Text that was embedded though its vector was there. */
  "re-embedding",
] as const;

/** Why an entry was spent for nothing. */
export type WasteKind = (typeof wasteKinds)[number];
