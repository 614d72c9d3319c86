import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { readEnv } from "../../src/kernel/env.ts";
import { createContentMeter } from "../../src/pipeline/files/measure-content.ts";
import { storeUpload } from "../../src/pipeline/files/store-upload.ts";
import { findProject } from "../../src/pipeline/projects/find-project.ts";
import { createRuntime } from "../../src/runtime.ts";

/** Uploads one document in a process of its own, so that a test can kill it at a fault point (WAYBILL_FAULT_POINT). */
const [, , name = "", text = ""] = process.argv;
const runtime = createRuntime(readEnv());
const open = () => Readable.from([Buffer.from(text)]);
const meter = createContentMeter(1e9);
await pipeline(open(), meter.stream.resume());
const project = await findProject(runtime, "default");
const receivedAt = runtime.clock.now();
await storeUpload(runtime, { project, name, content: meter.result(), open, receivedAt });
await runtime.close();
