import { normaliseMessage1 } from "../kernel/normalise-message-1.ts";
import { type FailureFacts, fingerprintOf } from "./fingerprint.ts";

/** A way to make fingerprints. What it makes of the same facts never changes: a better way is another version. */
export interface Fingerprinter {
  readonly version: number;
  readonly make: (facts: FailureFacts) => string;
}

/** All of them that have groups, the newest first. */
export const fingerprinters: readonly [Fingerprinter, ...Fingerprinter[]] = [
  { version: 2, make: (facts) => fingerprintOf(facts) },
  { version: 1, make: (facts) => fingerprintOf(facts, normaliseMessage1) },
];
