import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { manualPdf } from "../../support/documents/manual-pdf.ts";
import { handbookDocx } from "../../support/documents/office-documents.ts";
import { handbookHtml, handbookMarkdown, handbookText } from "../../support/documents/text-documents.ts";
import { ended, stepsOf, upload } from "../../support/ingest.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());

async function rows<Schema extends z.ZodType>(
  schema: Schema,
  query: ReturnType<typeof sql>,
): Promise<z.output<Schema>[]> {
  const result = await stack.database.db.execute(query);
  return z.array(schema).parse(result.rows);
}

describe("a document on its way", () => {
  it("is ingested, whatever its format", async () => {
    const documents: [string, Buffer | string][] = [
      ["manual.pdf", manualPdf({ pages: 3 })],
      ["handbook.docx", await handbookDocx()],
      ["handbook.html", handbookHtml],
      ["handbook.md", handbookMarkdown],
      ["handbook.txt", handbookText],
    ];
    const accepted = await Promise.all(documents.map(([name, bytes]) => upload(stack, name, bytes)));
    for (const { fileId } of accepted) {
      expect(await ended(stack, fileId)).toMatchObject({ status: "succeeded", errorCode: null });
    }
  });

  it("takes one QStash message when it is small, and one trace holds all of its spans", async () => {
    const before = await stack.usage("qstash");
    const { fileId, runId, traceId } = await upload(
      stack,
      "small.md",
      "# One page\n\nOf text about lanterns.",
    );
    await ended(stack, fileId);
    const after = await stack.usage("qstash");
    expect((after.messages ?? 0) - (before.messages ?? 0)).toBe(1);

    await stack.runtime.telemetry.flush();
    const spans = await rows(
      z.object({ name: z.string(), trace_id: z.string(), parent_span_id: z.string().nullable() }),
      sql`select name, trace_id, parent_span_id from spans where run_id = ${runId}`,
    );
    expect(new Set(spans.map((span) => span.trace_id))).toEqual(new Set([traceId]));
    expect(spans.filter((span) => span.parent_span_id === null).map((span) => span.name)).toEqual(["ingest"]);
    for (const step of await stepsOf(stack, runId)) {
      expect(spans.map((span) => span.name)).toContain(`process ${step.name}`);
    }
  });

  it("fans out when it is large, and every chunk has its vector", async () => {
    const { fileId, runId } = await upload(stack, "large.pdf", manualPdf({ pages: 420 }));
    const file = await ended(stack, fileId, 60_000);
    expect(file).toMatchObject({ status: "succeeded", pages: 420 });
    const steps = await stepsOf(stack, runId);
    expect(steps.filter((step) => step.name === "extract").length).toBeGreaterThan(1);
    const chunks = await rows(
      z.object({ id: z.string() }),
      sql`select id from chunks where run_id = ${runId} order by ordinal`,
    );
    const found = await fetchVectors(chunks.map((chunk) => chunk.id));
    expect(found).toBe(chunks.length);
  }, 90_000);

  it("costs what the providers metered, and every sum is the sum of its entries", async () => {
    const byMeter = await rows(
      z.object({ meter: z.string(), quantity: z.coerce.number() }),
      sql`select meter, sum(quantity) as quantity from ledger where not estimated group by meter`,
    );
    const ledger = Object.fromEntries(byMeter.map((row) => [row.meter, row.quantity]));
    const [qstash, gateway] = [await stack.usage("qstash"), await stack.usage("gateway")];
    expect(ledger["qstash.messages"]).toBe(qstash.messages);
    expect(ledger["embedding.tokens"]).toBe(gateway.tokens);

    const sums = await rows(
      z.object({ id: z.string(), said: z.string(), spent: z.string() }),
      sql`select files.id, files.cost_nano_usd::text as said, sum(ledger.nano_usd)::text as spent
          from files join ledger on ledger.file_id = files.id group by files.id`,
    );
    expect(sums.length).toBeGreaterThan(0);
    for (const sum of sums) expect(sum.said).toBe(sum.spent);
  });

  it("pays nothing for text that it has embedded before", async () => {
    const before = await stack.usage("gateway");
    const text = "# Twice\n\nThe very same section stands in two files.";
    await ended(stack, (await upload(stack, "first.md", text)).fileId);
    const once = await stack.usage("gateway");
    await ended(stack, (await upload(stack, "second.md", `${text}\n`)).fileId);
    const twice = await stack.usage("gateway");
    expect(once.tokens).toBeGreaterThan(before.tokens ?? 0);
    expect(twice.tokens).toBe(once.tokens);
  });
});

async function fetchVectors(ids: readonly string[]): Promise<number> {
  const response = await fetch(`${stack.env.UPSTASH_VECTOR_REST_URL}/fetch/default`, {
    method: "POST",
    headers: { Authorization: `Bearer ${stack.env.UPSTASH_VECTOR_REST_TOKEN}` },
    body: JSON.stringify({ ids }),
  });
  const { result } = z.object({ result: z.array(z.unknown()) }).parse(await response.json());
  return result.filter((record) => record !== null).length;
}
