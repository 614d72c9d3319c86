import { readEnv } from "../../src/kernel/env.ts";
import { createRuntime } from "../../src/runtime.ts";
import { takeTurn } from "../../src/triage/requeues/take-turn.ts";

/** Takes one turn of a requeue in a process of its own, so that a test can kill it at a fault point (WAYBILL_FAULT_POINT). */
const [, , requeueId = "", turn = "1"] = process.argv;
const runtime = createRuntime(readEnv());
const message = { v: 1, requeueId, turn: Number(turn) } as const;
await takeTurn(runtime, message, { messageId: `msg_${requeueId}`, retried: 0, sender: undefined });
await runtime.close();
