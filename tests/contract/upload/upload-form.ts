import { list } from "@vercel/blob";
import { expect } from "vitest";
import { errorAnswerSchema } from "../../../src/api/error-answer-schema.ts";
import { acceptedUploadSchema } from "../../../src/pipeline/files/upload-view.ts";
import type { ServedApi } from "../../support/served-api.ts";

/** A form with one file of this content. */
export function formOf(
  content: string | Uint8Array<ArrayBuffer>,
  options: { name?: string; project?: string } = {},
) {
  const form = new FormData();
  form.append("project", options.project ?? "default");
  form.append("file", new Blob([content]), options.name ?? "note.txt");
  return form;
}

/** Sends a form with the key. */
export function sendForm(api: ServedApi, form: FormData): Promise<Response> {
  return api.call("/api/upload", { method: "POST", body: form });
}

/** Sends a form and expects it to be accepted. */
export async function accepted(answer: Response) {
  expect(answer.status).toBe(202);
  return acceptedUploadSchema.parse(await answer.json());
}

/** The code of a refusal, with its status. */
export async function refusalOf(answer: Response) {
  return { status: answer.status, ...errorAnswerSchema.parse(await answer.json()).error };
}

/** How much the product has recorded and stored; of the ledger, what was not for nothing. */
export async function countEverything(api: ServedApi) {
  const count = async (table: string) => {
    const useful = table === "ledger" ? "where id not in (select entry_id from wasted_entries)" : "";
    const { rows } = await api.ctx.db.execute(`select count(*)::int as count from ${table} ${useful}`);
    return rows[0]?.count;
  };
  const [files, runs, steps, ledger, outbox] = await Promise.all(
    ["files", "runs", "steps", "ledger", "outbox"].map(count),
  );
  const { blobs } = await list({ token: api.ctx.env.BLOB_READ_WRITE_TOKEN });
  return { files, runs, steps, ledger, outbox, blobs: blobs.length, sent: api.sent.length };
}
