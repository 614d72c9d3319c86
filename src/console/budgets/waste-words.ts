import type { WasteKind } from "../../db/waste-kinds.ts";

/** A reason why money was spent for nothing, in words. */
interface WasteWords {
  /** Of one entry, in two words. */
  readonly name: string;
  /** Of all entries of the kind. */
  readonly several: string;
  readonly sentence: string;
}

/** Why money was spent for nothing. */
export const wasteWords: Readonly<Record<WasteKind, WasteWords>> = {
  "failed-attempt": {
    name: "failed attempt",
    several: "Attempts that failed",
    sentence: "The attempt ended in a fault.",
  },
  "lost-attempt": {
    name: "lost attempt",
    several: "Attempts whose worker was lost",
    sentence: "The worker of the attempt vanished.",
  },
  "duplicate-delivery": {
    name: "duplicate delivery",
    several: "Deliveries that found nothing to do",
    sentence: "The message was delivered again and found nothing to do.",
  },
  "failed-delivery": {
    name: "failed delivery",
    several: "Deliveries that nobody took up",
    sentence: "No worker took the delivery up.",
  },
  "refused-upload": {
    name: "refused upload",
    several: "Uploads that were refused, or there already",
    sentence: "The original was stored and then refused, or was there already.",
  },
  "re-embedding": {
    name: "re-embedding",
    several: "Embedding of unchanged text",
    sentence: "The text was embedded though its vector was there.",
  },
};
