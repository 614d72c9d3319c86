import { carryOnCorrections } from "../../src/costs/prices/correct-entries.ts";
import { readEnv } from "../../src/kernel/env.ts";
import { createRuntime } from "../../src/runtime.ts";

/** Corrects entries in a process of its own, so that a test can kill it at a fault point (WAYBILL_FAULT_POINT). */
const runtime = createRuntime(readEnv());
await carryOnCorrections(runtime, Number.POSITIVE_INFINITY);
await runtime.close();
