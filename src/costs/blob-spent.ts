import { meters } from "../telemetry/names.ts";
import type { Spent } from "./ledger/record-entries.ts";

/** How large the parts are that the SDK cuts a multipart upload into. */
const partBytes = 8 * 1024 * 1024;

const common = { provider: "vercel" } as const;

/** What reading a blob whole costs: the look-up of its address, the reading itself, and the way of its bytes. */
export function blobRead(bytes: number): Spent[] {
  return [
    { ...common, meter: meters.blobOperations, model: "simple", quantity: 2 },
    { ...common, meter: meters.blobTransfer, model: "*", quantity: bytes },
  ];
}

/** What writing a blob costs. In parts: one operation to begin, one for each part, one to complete. */
export function blobWritten(bytes: number, options: { readonly inParts: boolean }): Spent {
  const quantity = options.inParts ? Math.ceil(bytes / partBytes) + 2 : 1;
  return { ...common, meter: meters.blobOperations, model: "advanced", quantity };
}
