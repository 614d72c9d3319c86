import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { Busboy, type BusboyInstance } from "@fastify/busboy";
import { WaybillError } from "../../kernel/errors.ts";
import type { Project } from "../../pipeline/projects/find-project.ts";
import { type SpooledFile, spoolFile } from "./spooled-file.ts";

/** What a form says besides the file: boundaries and part headers, generously. */
const formOverheadBytes = 64 * 1024;
const limits = { fields: 10, fieldSize: 4_096, parts: 12, headerPairs: 100, headerSize: 16_384 };

/** A form that was read whole. */
export interface MultipartUpload {
  readonly project: Project;
  readonly file: SpooledFile;
}

/** How a form is read. */
export interface MultipartOptions {
  readonly maxBytes: number;
  /** Called with the form's project. @throws WaybillError project_not_found */
  readonly findProject: (slug: string) => Promise<Project>;
}

/**
 * Reads the fields `project` and `file` of a multipart form, in any order, and hands them to `use`. The file
 * goes to disk, never into memory, and is gone when `use` has ended. What must be refused is refused as soon
 * as it is known, without waiting for the rest of the body.
 * @throws WaybillError malformed_request, upload_incomplete, project_not_found, file_too_large
 */
export async function withMultipart<T>(
  request: Request,
  options: MultipartOptions,
  use: (upload: MultipartUpload) => Promise<T>,
): Promise<T> {
  const parser = createParser(request);
  if (request.body === null) throw malformed({ body: "is empty" });
  const { maxBytes } = options;
  if (Number(request.headers.get("content-length")) > maxBytes + formOverheadBytes) {
    throw new WaybillError("file_too_large", { details: { maxBytes } });
  }
  const folder = await mkdtemp(join(tmpdir(), "waybill-upload-"));
  try {
    return await use(await readForm(request.body, parser, join(folder, "file"), options));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function createParser(request: Request): BusboyInstance {
  const contentType = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\b/i.test(contentType)) {
    throw malformed({ "content-type": "must be multipart/form-data or application/json" });
  }
  try {
    return new Busboy({ headers: { "content-type": contentType }, limits });
  } catch (error) {
    throw malformed({ "content-type": "names no boundary" }, error);
  }
}

async function readForm(
  body: ReadableStream<Uint8Array>,
  parser: BusboyInstance,
  path: string,
  options: MultipartOptions,
): Promise<MultipartUpload> {
  const stop = new AbortController();
  const { signal } = stop;
  const form: { project?: Promise<Project>; file?: Promise<SpooledFile> } = {};
  // Whatever fails first ends the reading of the body; it is awaited again below.
  const stopping = <T>(work: Promise<T>): Promise<T> => {
    work.catch((error: unknown) => stop.abort(error));
    return work;
  };
  parser.on("field", (name, value) => {
    if (name === "project") form.project = stopping(options.findProject(value));
  });
  parser.on("file", (name, stream, sentName) => {
    if (name !== "file" || form.file !== undefined) {
      stream.on("error", () => undefined).resume();
      stop.abort(malformed({ [name ?? "file"]: name === "file" ? "was sent twice" : "is not expected" }));
      return;
    }
    form.file = stopping(spoolFile(stream, { path, sentName, maxBytes: options.maxBytes, signal }));
  });
  try {
    await pipeline(Readable.from(chunksOf(body, signal)), parser, { signal });
    return await complete(form);
  } catch (error) {
    // Nothing may still be written when the folder is removed.
    stop.abort(error);
    await Promise.allSettled([form.project, form.file]);
    const reason: unknown = signal.reason;
    if (reason instanceof WaybillError) throw reason;
    throw new WaybillError("upload_incomplete", { cause: error });
  }
}

/**
 * The body's bytes until it ends or the reading is stopped. It is then left as it is: cancelling it would close
 * the connection on which the refusal has yet to be sent.
 */
async function* chunksOf(body: ReadableStream<Uint8Array>, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  // A read that waits for more is rejected by this.
  signal.addEventListener("abort", () => reader.releaseLock(), { once: true });
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}

async function complete(form: {
  project?: Promise<Project>;
  file?: Promise<SpooledFile>;
}): Promise<MultipartUpload> {
  if (form.project === undefined) throw malformed({ project: "is missing" });
  if (form.file === undefined) throw malformed({ file: "is missing, or was sent without a file name" });
  return { project: await form.project, file: await form.file };
}

function malformed(details: Record<string, string>, cause?: unknown): WaybillError {
  return new WaybillError("malformed_request", { details, cause });
}
