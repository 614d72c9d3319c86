import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createApi } from "../../src/api/create-api.ts";
import { createLog } from "../../src/kernel/log.ts";
import { tick } from "../../src/pipeline/tick.ts";
import { createGatewayProvider } from "../../src/providers/gateway.ts";
import { createVectorProvider } from "../../src/providers/vector.ts";
import type { Runtime } from "../../src/runtime.ts";
import { writePdf } from "../support/documents/pdf-writer.ts";
import { ended, upload } from "../support/ingest.ts";
import { startJobServer } from "../support/job-server.ts";
import { columnsWith } from "../support/marked-rows.ts";
import { attemptsOf, startTriage } from "../support/requeue.ts";
import { type Stack, startStack } from "../support/stack.ts";

/** Stands in every document: in headings, paragraphs, outlines and metadata. */
const mark = "zebrafinch";
const nameMark = "quokkaname";
/** Where a document's text may be. */
const contentColumns = ["chunks.heading_path", "chunks.text", "pages.blocks"];

/** A provider that refuses everything and quotes what it was sent, as some do. */
async function startQuoting(): Promise<{ url: string; answerWith(status: number): void; server: Server }> {
  let status = 400;
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const message = `cannot take ${Buffer.concat(parts)} with ${JSON.stringify(request.headers)}`;
      response.writeHead(status, { "content-type": "application/json" });
      response.end(JSON.stringify({ error: { message, type: "invalid_request_error" }, status }));
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    server,
    answerWith(next) {
      status = next;
    },
  };
}

vi.setConfig({ testTimeout: 60_000 });

let stack: Stack;
let quoting: Awaited<ReturnType<typeof startQuoting>>;
let worker: Awaited<ReturnType<typeof startJobServer>>;
/** Which provider's calls go to the quoting one. */
let refused: "gateway" | "vector" | null = null;
const lines: string[] = [];

beforeAll(async () => {
  const log = createLog("trace", { write: (line: string) => lines.push(line) });
  [stack, quoting] = await Promise.all([startStack({}, { log }), startQuoting()]);
  const { runtime, env } = stack;
  const [gateway, vector] = [
    createGatewayProvider({ apiKey: env.AI_GATEWAY_API_KEY, baseUrl: quoting.url }),
    createVectorProvider({ url: quoting.url, token: env.UPSTASH_VECTOR_REST_TOKEN }),
  ];
  const ctx: Runtime = {
    ...runtime,
    gateway: {
      embed: (span, input) => (refused === "gateway" ? gateway : runtime.gateway).embed(span, input),
    },
    vector: {
      ...runtime.vector,
      upsert: (...call) => (refused === "vector" ? vector : runtime.vector).upsert(...call),
      query: (...call) => (refused === "vector" ? vector : runtime.vector).query(...call),
    },
  };
  worker = await startJobServer(ctx, Number(new URL(env.WAYBILL_URL).port));
});
afterAll(async () => {
  await worker.close();
  quoting.server.close();
  await stack.close();
});

function document(name: string): string {
  return `# Heading ${mark} ${name}\n\nA paragraph ${mark}.\n\n| ${mark} | b |\n| - | - |\n| c | ${mark} |\n`;
}

async function until(fileId: string, status: string): Promise<void> {
  await expect
    .poll(
      async () => {
        stack.clock.advance(60_000);
        const { rows } = await stack.database.db.execute(sql`select status from files where id = ${fileId}`);
        return rows[0]?.status;
      },
      { timeout: 30_000, interval: 200 },
    )
    .toBe(status);
}

describe("a document's text", () => {
  test("of documents that are ingested", async () => {
    const markdown = await upload(stack, `${nameMark}.md`, document("one"));
    const pdf = await upload(
      stack,
      `${nameMark}.pdf`,
      writePdf({
        pages: [[{ text: `A line with ${mark}.`, x: 72, y: 700, size: 12 }]],
        outline: [{ title: `Chapter ${mark}`, page: 1 }],
        info: { Title: `Title ${mark}`, Author: mark },
      }),
    );
    for (const { fileId } of [markdown, pdf]) {
      expect(await ended(stack, fileId, 45_000)).toMatchObject({ status: "succeeded" });
    }
  });

  test.each(["gateway", "vector"] as const)(
    "of documents that the %s refuses, quoting them",
    async (provider) => {
      refused = provider;
      for (const status of [503, 400]) {
        quoting.answerWith(status);
        const { fileId } = await upload(stack, `${nameMark}.md`, document(`${provider} ${status}`));
        await until(fileId, "failed");
      }
      refused = null;
    },
    90_000,
  );

  test("of a document that the database refuses, quoting it", async () => {
    const { db } = stack.database;
    await db.execute(sql`alter table chunks add constraint refuse check (text not like '%to the database%')`);
    const { fileId } = await upload(stack, `${nameMark}.md`, document("to the database"));
    await until(fileId, "failed");
    await db.execute(sql`alter table chunks drop constraint refuse`);
  });

  test("of a document that cannot be read", async () => {
    const whole = writePdf({ pages: [[{ text: mark, x: 72, y: 700, size: 12 }]] });
    const { fileId } = await upload(stack, `${nameMark}.pdf`, whole.subarray(0, whole.length / 2));
    await until(fileId, "failed");
  });

  test("of files that somebody requeues, and of what the tick copies from QStash's log", async () => {
    const triage = await startTriage(stack);
    refused = "vector";
    quoting.answerWith(400);
    const { fileId, runId } = await upload(stack, `${nameMark}.md`, document("requeued"));
    await until(fileId, "failed");
    for (const from of ["failed", "chunk", "start"]) {
      await triage.requeue(fileId, from);
      await until(fileId, "failed");
    }
    refused = null;
    await triage.requeue(fileId, "failed");
    await until(fileId, "succeeded");
    const delivery = { messageId: "msg_tick", retried: 0, sender: undefined };
    await expect
      .poll(
        async () => {
          await tick(stack.runtime, delivery);
          const { rows } = await stack.database.db.execute(sql`
            select count(*)::int as found from message_states where error is not null or response_status >= 400`);
          return rows[0]?.found;
        },
        { timeout: 20_000, interval: 200 },
      )
      .toBeGreaterThan(0);
    expect((await attemptsOf(stack, runId)).length).toBeGreaterThan(6);
  }, 90_000);

  test("of what is asked, and the keys that are sent", async () => {
    const api = createApi(stack.runtime);
    const ask = (path: string, key: string) =>
      api.request(`/api/v1/${path}`, { headers: { authorization: `Bearer ${key}` } });
    const { status } = await ask("search?project=default&q=x", `${stack.env.WAYBILL_API_KEY}${mark}`);
    expect(status).toBe(401);
    const span = stack.runtime.telemetry.tracer.start(
      "x",
      { traceId: "a".repeat(32), parentSpanId: null },
      {},
    );
    await stack.runtime.gateway.embed(span, { model: stack.env.WAYBILL_EMBEDDING_MODEL, texts: [mark] });
    span.end();
  });
});

describe("when all that has been done", () => {
  test("every step was tried, refused and logged, so that there is where it could stand", async () => {
    await stack.runtime.telemetry.flush();
    const { rows } = await stack.database.db.execute(sql`
      select array_agg(distinct error_code order by error_code) as codes from attempts where error_code is not null`);
    expect(rows[0]?.codes).toEqual(
      expect.arrayContaining([
        "document_corrupt",
        "internal_error",
        "provider_refused",
        "provider_unavailable",
      ]),
    );
    expect(lines.filter((line) => line.includes("a step met a fault")).length).toBeGreaterThan(5);
    const events = await stack.database.db.execute(sql`
      select count(*)::int as found from spans where jsonb_array_length(events) > 0`);
    expect(events.rows[0]?.found).toBeGreaterThan(5);
  });

  test("a document's text stands in its pages and chunks and nowhere else in the database", async () => {
    expect(await columnsWith(stack.database.db, [mark])).toEqual(contentColumns);
  });

  test("a file's name stands with the file, and in no span and no attempt", async () => {
    expect(await columnsWith(stack.database.db, [nameMark])).toEqual(["files.name"]);
  });

  test("no secret stands anywhere in the database", async () => {
    const { env } = stack;
    const secrets = [
      env.QSTASH_TOKEN,
      env.QSTASH_CURRENT_SIGNING_KEY,
      env.QSTASH_NEXT_SIGNING_KEY,
      env.UPSTASH_VECTOR_REST_TOKEN,
      env.AI_GATEWAY_API_KEY,
      env.BLOB_READ_WRITE_TOKEN,
      env.WAYBILL_API_KEY,
      env.WAYBILL_SESSION_SECRET,
    ];
    expect(await columnsWith(stack.database.db, secrets)).toEqual([]);
    const said = lines.join("");
    expect(secrets.filter((secret) => said.includes(secret))).toEqual([]);
  });

  test("neither a document's text nor its name stands in the log", () => {
    expect(lines.filter((line) => line.includes(mark) || line.includes(nameMark))).toEqual([]);
  });
});
