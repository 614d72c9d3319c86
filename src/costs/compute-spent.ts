import type { ComputeShare } from "../kernel/compute-shares.ts";
import { meters } from "../telemetry/names.ts";
import type { Spent } from "./ledger/record-entries.ts";

/** What a share of a machine is in the ledger; begun ms are whole ones. */
export function computeSpent(share: ComputeShare): Spent[] {
  const common = { provider: "vercel", model: "*" };
  return [
    { ...common, meter: meters.computeMs, quantity: Math.ceil(share.cpuMs) },
    { ...common, meter: meters.computeMemory, quantity: Math.ceil(share.memoryMbMs) },
  ];
}
