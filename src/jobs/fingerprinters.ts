import { type FailureFacts, fingerprintOf } from "./fingerprint.ts";

/** A way to make fingerprints. What it makes of the same facts never changes: a better way is another version. */
export interface Fingerprinter {
  readonly version: number;
  readonly make: (facts: FailureFacts) => string;
}

/** All of them that have groups, the newest first. */
export const fingerprinters: readonly [Fingerprinter, ...Fingerprinter[]] = [
  { version: 1, make: fingerprintOf },
];
