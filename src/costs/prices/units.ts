import { type Meter, meters } from "../../telemetry/names.ts";

/** What a meter counts one by one. The ledger's quantities are in these units, whatever a price is quoted in. */
export const units: Readonly<Record<Meter, string>> = {
  [meters.qstashMessages]: "message",
  [meters.embeddingTokens]: "token",
  [meters.vectorWrites]: "vector",
  [meters.vectorQueries]: "query",
  [meters.vectorStorage]: "byte hour",
  [meters.blobOperations]: "operation",
  [meters.blobTransfer]: "byte",
  [meters.blobStorage]: "byte hour",
  [meters.computeMs]: "ms of processor",
  [meters.computeMemory]: "MB ms",
  [meters.sandboxMs]: "ms of processor",
  [meters.sandboxMemory]: "MB ms",
  [meters.databaseRows]: "row",
};
