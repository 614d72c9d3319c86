import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { carryOnCorrections } from "../../../src/costs/prices/correct-entries.ts";
import { readTruth } from "../../../src/costs/truth/read-truth.ts";
import { truthSchema } from "../../../src/costs/truth/truth-view.ts";
import { searchChunks } from "../../../src/pipeline/files/search-chunks.ts";
import { createUsageEndpoint } from "../../../src/providers/metering/usage-endpoint.ts";
import { meters } from "../../../src/telemetry/names.ts";
import { manualPdf } from "../../support/documents/manual-pdf.ts";
import { ended, upload } from "../../support/ingest.ts";
import { putPrice } from "../../support/new-price.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";
import { lineOf, spanOf, statesOf, truthOf } from "../../support/truth.ts";

let stack: Stack;
beforeAll(async () => {
  stack = await startServedStack();
});
afterAll(() => stack.close());

const metered = [
  "blob.operations advanced",
  "blob.operations simple",
  "blob.transfer *",
  "embedding.tokens waybill/lexical-1536",
  "qstash.messages *",
  "vector.queries *",
  "vector.writes *",
];
const allAgree = Object.fromEntries(metered.map((name) => [name, "agrees"]));

async function disturb(service: "AI_GATEWAY_BASE_URL" | "QSTASH_URL", fault: object): Promise<void> {
  const { origin } = new URL(stack.variables[service] ?? "");
  await fetch(`${origin}/__local/faults`, { method: "POST", body: JSON.stringify({ times: 1, ...fault }) });
}

/** Lets time pass until the file has ended well. */
async function endsInTime(fileId: string): Promise<void> {
  await expect
    .poll(
      async () => {
        stack.clock.advance(2_000);
        return (await ended(stack, fileId, 1_000).catch(() => null))?.status;
      },
      { timeout: 30_000 },
    )
    .toBe("succeeded");
}

/** Runs the command on the stack, over the span of the test. */
async function command(...flags: string[]) {
  const child = spawn(process.execPath, ["src/cli/reconcile-costs.ts", ...flags], {
    env: { ...process.env, ...stack.variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { output, errors, code };
}

function spanFlags(): string[] {
  const { from, to } = spanOf(stack);
  return ["--from", from.toISOString(), "--to", to.toISOString()];
}

describe("the truth about the ledger", () => {
  it("is that every meter of a provider agrees with it: quantities, and money where it is told", async () => {
    const { fileId } = await upload(stack, "manual.pdf", manualPdf({ pages: 60 }));
    await ended(stack, fileId, 60_000);
    await searchChunks(stack.runtime, { project: "default", query: "valve", limit: 3 });
    const truth = await truthOf(stack);
    // The report adds up dollars, the ledger rounds each entry: money may differ by rounding alone.
    expect(statesOf(truth)).toEqual({
      ...allAgree,
      [metered[3] ?? ""]: expect.stringMatching(/agrees|explained/),
    });
    const tokens = lineOf(truth, "embedding.tokens");
    expect(tokens.difference?.quantity).toBe("0");
    expect(Number(tokens.metered?.nanoUsd)).toBeGreaterThan(0);
    expect(truth.state).toBe("agrees");
  }, 90_000);

  it("names what nobody can be asked about, and why", async () => {
    const truth = await truthOf(stack);
    const unasked = truth.lines.filter(({ state }) => state === "unasked");
    expect(unasked.map(({ meter }) => meter)).toEqual(["compute.memory", "compute.ms", "db.rows"]);
    expect(unasked.every((line) => line.metered === null && (line.unasked ?? "") !== "")).toBe(true);
  });

  it("marks a call without an answer, and a refused one costs nothing", async () => {
    await disturb("AI_GATEWAY_BASE_URL", { match: "embedding", status: 429 });
    const { fileId: refused } = await upload(stack, "refused.md", "# Refused\n\nThe first call is refused.");
    await endsInTime(refused);
    expect((await truthOf(stack)).state).toBe("agrees");

    // The answer is lost behind the provider's meter, and before it: the first was charged, the second was not.
    for (const drop of ["after", "before"]) {
      await disturb("AI_GATEWAY_BASE_URL", { match: "embedding", drop });
      const { fileId } = await upload(
        stack,
        `lost-${drop}.md`,
        `# Lost ${drop}\n\nThis answer never arrives.`,
      );
      await endsInTime(fileId);
    }
    const truth = await truthOf(stack);
    const tokens = lineOf(truth, "embedding.tokens");
    expect(tokens.state).toBe("explained");
    expect(Number(tokens.difference?.quantity)).toBeGreaterThan(0);
    expect(tokens.reasons).toContainEqual(expect.objectContaining({ kind: "no-answer", entries: 2 }));
    expect(truth.state).toBe("agrees");
  }, 90_000);

  it("knows of a delivery that nobody took and that is to come again", async () => {
    await disturb("QSTASH_URL", { on: "delivery", match: "ingest-file", status: 503 });
    const { fileId } = await upload(stack, "late.md", "# Late\n\nThe first delivery meets a closed door.");
    await expect
      .poll(async () => lineOf(await truthOf(stack), "qstash.messages").difference?.quantity, {
        timeout: 15_000,
      })
      .toBe("-1");
    const line = lineOf(await truthOf(stack), "qstash.messages");
    expect(line).toMatchObject({ state: "explained" });
    expect(line.reasons).toMatchObject([{ kind: "under-way", lessQuantity: "1" }]);
    await endsInTime(fileId);
    expect(lineOf(await truthOf(stack), "qstash.messages")).toMatchObject({ state: "agrees" });
  }, 120_000);
});

describe("npm run reconcile-costs", () => {
  it("ends with 0 where all is explained, and says the same as the API with --json", async () => {
    const { output, code } = await command(...spanFlags());
    expect(output).toContain("Nothing is unexplained.");
    expect(output).toMatch(/embedding\.tokens waybill\/lexical-1536 .* explained/);
    expect(output).toContain("no answer came, 2 entries: up to");
    expect(code).toBe(0);
    const told = await command(...spanFlags(), "--json");
    expect(truthSchema.parse(JSON.parse(told.output)).lines.length).toBeGreaterThan(metered.length);
  }, 120_000);

  it("explains itself, and refuses what is no time", async () => {
    const help = await command("--help");
    expect(help.output).toMatch(/--from <time>[\s\S]*--json[\s\S]*Exit code: 0/);
    expect(help.code).toBe(0);
    const wrong = await command("--from", "yesterday");
    expect(wrong.errors).toContain("A time is written as in 2026-11-27T00:00:00Z.");
    expect(wrong.code).toBe(1);
  }, 120_000);

  it("ends with 1 where something was bought that is in no ledger, and names it", async () => {
    await fetch(`${stack.variables.AI_GATEWAY_BASE_URL}/embedding-model`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${stack.env.AI_GATEWAY_API_KEY}`,
        "ai-model-id": stack.env.WAYBILL_EMBEDDING_MODEL,
        "content-type": "application/json",
      },
      body: JSON.stringify({ values: ["bought behind the ledger's back ".repeat(2_000)] }),
    });
    const { output, code } = await command(...spanFlags());
    expect(output).toMatch(/UNEXPLAINED: -[\d,]+ \(token\), -0\.\d+ \$/);
    expect(code).toBe(1);
  }, 120_000);
});

describe("a provider that cannot be asked", () => {
  it("is named, and keeps nothing else from being compared", async () => {
    const meterSources = stack.runtime.meterSources.map((source) =>
      source.name === "the meter of Vector" ? createUsageEndpoint("vector", "http://127.0.0.1:1/") : source,
    );
    const truth = await readTruth({ ...stack.runtime, meterSources }, spanOf(stack));
    expect(truth.sources).toContainEqual({
      name: "the meter of Vector",
      meters: ["vector.writes", "vector.queries"],
      state: "failed",
      why: "the meter of Vector did not answer.",
      errorCode: "provider_unavailable",
    });
    expect(lineOf(truth, "vector.writes")).toMatchObject({
      state: "unasked",
      metered: null,
      difference: null,
    });
    expect(lineOf(truth, "blob.transfer")).toMatchObject({ state: "agrees" });
  });

  it("as QStash after it has forgotten, is not taken for one that metered nothing", async () => {
    const to = new Date("2026-03-02T00:00:00Z");
    const truth = await readTruth(stack.runtime, { from: new Date("2026-03-01T00:00:00Z"), to });
    expect(truth).toMatchObject({ state: "incomplete", lines: [] });
    expect(truth.sources[0]).toMatchObject({ name: "QStash's log", state: "out-of-reach" });
  });
});

describe("a price that was corrected", () => {
  it("is a reason for a difference in money, as far as entries were adjusted", async () => {
    const from = new Date("2026-01-01T00:00:00Z");
    await putPrice(stack.database.db, new Date(), { nanoUsd: 25n, effectiveFrom: from });
    await carryOnCorrections(stack.runtime, 10_000);
    const tokens = lineOf(await truthOf(stack), meters.embeddingTokens);
    const changed = tokens.reasons.find(({ kind }) => kind === "price-changed");
    expect(Number(changed?.moreNanoUsd)).toBe(Number(tokens.ledger.quantity) * 5);
    expect(changed?.ledger).toContain("adjusting=true");
  });
});
