import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { chunks } from "../../../src/db/schema/content.ts";
import { searchChunks } from "../../../src/pipeline/files/search-chunks.ts";
import { writeEmbeddings } from "../../../src/pipeline/steps/embedding-rows.ts";
import type { Gateway } from "../../../src/providers/gateway.ts";
import { meters } from "../../../src/telemetry/names.ts";
import { manualPdf } from "../../support/documents/manual-pdf.ts";
import { ended, upload } from "../../support/ingest.ts";
import { startJobServer } from "../../support/job-server.ts";
import { putPrice } from "../../support/new-price.ts";
import { startTriage } from "../../support/requeue.ts";
import { type Stack, startStack } from "../../support/stack.ts";

let stack: Stack;
let server: { close(): Promise<void> };
/** What another worker does between the answer of the gateway and the keeping of its vectors. */
let meanwhile: (texts: readonly string[], vectors: number[][]) => Promise<void> = async () => undefined;
beforeAll(async () => {
  stack = await startStack();
  const gateway: Gateway = {
    async embed(span, input) {
      const answer = await stack.runtime.gateway.embed(span, input);
      await meanwhile(input.texts, answer.vectors);
      return answer;
    },
  };
  server = await startJobServer({ ...stack.runtime, gateway }, Number(new URL(stack.env.WAYBILL_URL).port));
});
afterAll(async () => {
  await server.close();
  await stack.close();
});

async function rows<Schema extends z.ZodType>(schema: Schema, query: ReturnType<typeof sql>) {
  return z.array(schema).parse((await stack.database.db.execute(query)).rows);
}

const line = z.object({
  meter: z.string(),
  model: z.string(),
  estimated: z.boolean(),
  waste: z.string().nullable(),
  quantity: z.coerce.number(),
});

/** What a file spent on a meter. */
function spentOn(fileId: string, meter: string) {
  return rows(
    line,
    sql`select meter, model, estimated, kind as waste, sum(quantity) as quantity
        from ledger left join (select entry_id, kind from wasted_entries) wasted on entry_id = ledger.id
        where file_id = ${fileId} and meter = ${meter} group by 1, 2, 3, 4 order by 3, 4 nulls first`,
  );
}

/** All that the ledger has, by meter and model. */
async function ledgerSums(): Promise<Record<string, number>> {
  const sums = await rows(
    z.object({ name: z.string(), quantity: z.coerce.number() }),
    sql`select meter || ' ' || model as name, sum(quantity) as quantity from ledger group by 1`,
  );
  return Object.fromEntries(sums.map(({ name, quantity }) => [name, quantity]));
}

async function disturb(service: "gateway" | "qstash", fault: object): Promise<void> {
  const variable = { gateway: "AI_GATEWAY_BASE_URL", qstash: "QSTASH_URL" }[service];
  const { origin } = new URL(stack.variables[variable] ?? "");
  await fetch(`${origin}/__local/faults`, { method: "POST", body: JSON.stringify({ times: 1, ...fault }) });
}

describe("what the ledger has", () => {
  it("is what each provider metered: messages, tokens, vectors, operations and bytes", async () => {
    const triage = await startTriage(stack);
    const large = await upload(stack, "large.pdf", manualPdf({ pages: 120 }));
    const text = "# One\n\nA page about the sea.\n\n# Two\n\nAnd one about hills.";
    const small = await upload(stack, "small.md", text);
    for (const { fileId } of [large, small]) await ended(stack, fileId, 60_000);
    // With other settings the new run has other chunks: those of the run before leave the index.
    await stack.database.db.execute(sql`update projects set chunk_max_tokens = 128`);
    await triage.requeue(large.fileId, "start");
    await ended(stack, large.fileId, 60_000);
    await searchChunks(stack.runtime, { project: "default", query: "hills", limit: 3 });

    const [qstash, gateway] = [await stack.usage("qstash"), await stack.usage("gateway")];
    const [vector, blob] = [await stack.usage("vector"), await stack.usage("blob")];
    const spent = await ledgerSums();
    expect(vector.writes).toBeGreaterThan(100);
    expect(spent).toMatchObject({
      "qstash.messages *": qstash.messages,
      "embedding.tokens waybill/lexical-1536": gateway.tokens,
      "vector.writes *": vector.writes,
      "vector.queries *": vector.queries,
      "blob.operations simple": blob.simple_operations,
      "blob.operations advanced": blob.advanced_operations,
      "blob.transfer *": blob.bytes_read,
    });
  }, 120_000);

  it("has the processor and the memory of each attempt, and the rows that it wrote", async () => {
    const { fileId } = await upload(stack, "machine.md", "# Machine\n\nWhat it takes.");
    await ended(stack, fileId);
    const found = await rows(
      z.object({ step: z.string(), meters: z.array(z.string()) }),
      sql`select step, array_agg(meter order by meter) as meters from ledger
          where file_id = ${fileId} and (meter like 'compute.%' or meter = 'db.rows') group by step`,
    );
    const machine = ["compute.memory", "compute.ms"];
    const withRows = [...machine, "db.rows"];
    expect(Object.fromEntries(found.map(({ step, meters }) => [step, meters]))).toEqual({
      inspect: machine,
      extract: withRows,
      chunk: withRows,
      embed: withRows,
      index: machine,
      finalize: machine,
    });
  });
});

describe("a call of a provider", () => {
  it("whose answer is lost stands at its estimate, marked as such", async () => {
    const before = await stack.usage("gateway");
    await disturb("gateway", { match: "embedding", drop: "after" });
    const { fileId } = await upload(stack, "lost.md", "# Lost\n\nThis answer never arrives.");
    await expect
      .poll(() => spentOn(fileId, "embedding.tokens"), { timeout: 15_000 })
      .toEqual([expect.objectContaining({ estimated: true, waste: "failed-attempt" })]);
    stack.clock.advance(60_000);
    await ended(stack, fileId);
    const spent = await spentOn(fileId, "embedding.tokens");
    expect(spent).toMatchObject([{ estimated: false, waste: null }, { estimated: true }]);
    const metered = ((await stack.usage("gateway")).tokens ?? 0) - (before.tokens ?? 0);
    expect(spent.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(metered);
  });

  it("that the provider refuses costs nothing", async () => {
    const before = await stack.usage("gateway");
    await disturb("gateway", { match: "embedding", status: 429 });
    const { fileId } = await upload(stack, "refused.md", "# Refused\n\nThe first call is refused.");
    await expect.poll(() => spentOn(fileId, "compute.ms"), { timeout: 15_000 }).not.toEqual([]);
    stack.clock.advance(60_000);
    await ended(stack, fileId);
    const metered = ((await stack.usage("gateway")).tokens ?? 0) - (before.tokens ?? 0);
    expect(await spentOn(fileId, "embedding.tokens")).toMatchObject([
      { estimated: false, quantity: metered },
    ]);
  });

  it("for text that another worker embeds at the same moment is put down as re-embedding", async () => {
    meanwhile = async (texts, vectors) => {
      const [chunk] = await stack.database.db
        .select({ contentHash: chunks.contentHash, tokens: chunks.tokens })
        .from(chunks)
        .where(sql`text = ${texts[0]}`);
      if (!chunk) throw new Error("no such chunk");
      const other = { model: stack.env.WAYBILL_EMBEDDING_MODEL, runId: "run_other" };
      await writeEmbeddings(stack.database.db, other, [{ ...chunk, vector: vectors[0] ?? [] }], new Date());
    };
    const { fileId } = await upload(
      stack,
      "twice.md",
      "# Raced\n\nTwo workers at once.\n\n# Alone\n\nThis one not.",
    );
    await ended(stack, fileId);
    meanwhile = async () => undefined;
    const spent = await spentOn(fileId, "embedding.tokens");
    expect(spent.map(({ waste }) => waste).toSorted()).toContain("re-embedding");
    const [kept] = await rows(
      z.object({ tokens: z.coerce.number() }),
      sql`select sum(tokens) as tokens from embeddings where run_id = 'run_other'`,
    );
    expect(spent.find(({ waste }) => waste === "re-embedding")?.quantity).toBe(kept?.tokens);
  });
});

describe("a price that changes in mid-run", () => {
  it("counts for what is spent from then on, and every sum is that of its entries", async () => {
    meanwhile = async () => {
      const doubled = { meter: meters.qstashMessages, provider: "upstash", model: "*", nanoUsd: 20_000n };
      const compute = { meter: meters.computeMs, provider: "vercel", model: "*", nanoUsd: 0n };
      for (const price of [doubled, compute])
        await putPrice(stack.database.db, new Date(), { ...price, effectiveFrom: new Date() });
      meanwhile = async () => undefined;
    };
    const { fileId } = await upload(
      stack,
      "change.md",
      "# Change\n\nThe price changes while this is embedded.",
    );
    await ended(stack, fileId);
    const priced = await rows(
      z.object({ meter: z.string(), step: z.string(), nano: z.coerce.number() }),
      sql`select meter, step, sum(nano_usd) as nano from ledger
          where file_id = ${fileId} and meter in ('qstash.messages', 'compute.ms') group by 1, 2`,
    );
    const free = priced.filter(({ meter, nano }) => meter === "compute.ms" && nano === 0);
    expect(free.map(({ step }) => step).toSorted()).toEqual(["embed", "finalize", "index"]);
    expect(priced.find(({ meter }) => meter === "qstash.messages")?.nano).toBe(10_000);
    const [sums] = await rows(
      z.object({ file: z.string(), run: z.string(), steps: z.string(), entries: z.string() }),
      sql`select cost_nano_usd::text as file,
                 (select cost_nano_usd::text from runs where file_id = files.id) as run,
                 (select sum(steps.cost_nano_usd) + (select sum(nano_usd) from ledger where file_id = files.id and step_id is null)
                  from steps join runs on runs.id = run_id where runs.file_id = files.id)::text as steps,
                 (select sum(nano_usd)::text from ledger where file_id = files.id) as entries
          from files where id = ${fileId}`,
    );
    expect(new Set(Object.values(sums ?? {})).size).toBe(1);
  });
});

describe("a delivery", () => {
  it("that no worker took up is put down with the next one", async () => {
    const before = await stack.usage("qstash");
    await disturb("qstash", { on: "delivery", match: "ingest-file", status: 503 });
    const { fileId } = await upload(stack, "late.md", "# Late\n\nThe first delivery meets a closed door.");
    await expect
      .poll(async () => (await stack.usage("qstash")).messages, { timeout: 15_000 })
      .toBe((before.messages ?? 0) + 1);
    // Moved again and again, since the retry is due some seconds after the attempt has been noted as failed.
    await expect
      .poll(
        async () => {
          stack.clock.advance(2_000);
          return (await spentOn(fileId, "qstash.messages")).map(({ waste, quantity }) => [waste, quantity]);
        },
        { timeout: 15_000 },
      )
      .toEqual([
        [null, 1],
        ["failed-delivery", 1],
      ]);
    await ended(stack, fileId);
    expect((await stack.usage("qstash")).messages).toBe((before.messages ?? 0) + 2);
  });
});
