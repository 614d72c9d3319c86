import { readEnv } from "../../src/kernel/env.ts";
import { createRuntime } from "../../src/runtime.ts";
import { startJobServer } from "./job-server.ts";

/** A worker as a process of its own, so that a test can kill it at a fault point (WAYBILL_FAULT_POINT). */
const env = readEnv();
await startJobServer(createRuntime(env), Number(new URL(env.WAYBILL_URL).port));
process.stdout.write("listening\n");
