import { randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { recordSpending } from "../../src/costs/ledger/record-spending.ts";
import { tick } from "../../src/pipeline/tick.ts";
import { attr, meters, metrics } from "../../src/telemetry/names.ts";
import { deadLettered, ended, upload } from "../support/ingest.ts";
import { newEntry } from "../support/new-entry.ts";
import { type OtlpReceiver, startOtlpReceiver } from "../support/otlp/receiver.ts";
import { startServedStack } from "../support/served-stack.ts";
import type { Stack } from "../support/stack.ts";

vi.setConfig({ testTimeout: 60_000 });

describe.each([
  ["http/protobuf", "application/x-protobuf"],
  ["http/json", "application/json"],
])("another tool that takes metrics by %s", (protocol, form) => {
  let stack: Stack;
  let receiver: OtlpReceiver;
  beforeAll(async () => {
    receiver = await startOtlpReceiver();
    stack = await startServedStack({
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
    });
    const good = await upload(stack, "lanterns.md", "# Lanterns\n\nOf lanterns and ships.");
    expect(await ended(stack, good.fileId, 45_000)).toMatchObject({ status: "succeeded" });
    const bad = await upload(stack, "broken.pdf", "%PDF-1.7\nnothing of it is true");
    expect(await ended(stack, bad.fileId, 45_000)).toMatchObject({ status: "failed" });
    await deadLettered(stack, bad.runId);
  }, 120_000);
  afterAll(async () => {
    await stack.close();
    receiver.close();
  });

  /** A tick, and all that waits to be sent. */
  async function passed(messageId: string = randomUUID()): Promise<void> {
    await tick(stack.runtime, { messageId, retried: 0, sender: undefined });
    await stack.runtime.telemetry.flush();
  }

  /** The points of a counter as they were sent last, by step, meter and project. */
  function points(name: string): Map<string, bigint> {
    const sent = receiver.metrics.findLast(({ sums }) => sums.some((sum) => sum.name === name));
    const sum = sent?.sums.find((each) => each.name === name);
    expect(sum).toMatchObject({ sum: { isMonotonic: true, aggregationTemporality: 2 } });
    return new Map(
      sum?.sum.dataPoints.map(({ attributes: of, asInt }) => [
        [of[attr.step], of[attr.meter], of[attr.project] ?? ""].join(" "),
        asInt,
      ]),
    );
  }

  /** The ledger's own sums, of entries that adjust no other. */
  async function ledger(column: string, where: string): Promise<Map<string, bigint>> {
    const { rows } = await stack.database.db.execute(
      sql.raw(`select concat_ws(' ', step, meter, coalesce(slug, '')) as key, sum(${column})::text as sum
        from ledger left join projects on projects.id = project_id
        where adjusts is null and ${column} > 0 and ${where} group by 1`),
    );
    const parsed = z.array(z.object({ key: z.string(), sum: z.string() })).parse(rows);
    return new Map(parsed.map(({ key, sum }) => [key, BigInt(sum)]));
  }

  test("gets what was spent, step by step and meter by meter, as the ledger has it", async () => {
    await passed();
    const cost = points(metrics.cost);
    expect(cost).toEqual(await ledger("nano_usd", "true"));
    expect([...cost.keys()]).toContain(`embed ${meters.embeddingTokens} default`);
    expect([...cost.keys()].filter((key) => key.startsWith("tick"))).toEqual([
      `tick ${meters.qstashMessages} `,
    ]);
    const tokens = points(metrics.tokens);
    expect(tokens).toEqual(await ledger("quantity", `meter = '${meters.embeddingTokens}'`));
    expect(tokens.size).toBe(1);
    for (const sent of receiver.metrics) {
      expect(sent.form).toBe(form);
      expect(sent.resources).toMatchObject([{ "service.name": "waybill", "service.version": "local" }]);
    }
  });

  test("gets nothing twice: not of a tick that is delivered again, nor of what failed and was marked as waste", async () => {
    const messageId = randomUUID();
    for (let time = 0; time < 3; time += 1) await passed(messageId);
    expect(points(metrics.cost)).toEqual(await ledger("nano_usd", "true"));
  });

  test("is sent nothing while nothing is spent", async () => {
    const before = receiver.metrics.length;
    await stack.runtime.telemetry.flush();
    expect(receiver.metrics).toHaveLength(before);
  });

  test("gets no correction of a price: counters only rise, and what was spent then is not spent now", async () => {
    const at = stack.runtime.clock.now();
    const dear = newEntry("entry_dear", at, { step: "search" });
    const correction = {
      ...dear,
      id: "entry_correction",
      quantity: 0,
      adjusts: { entryId: dear.id, nanoUsd: -1n },
    };
    await recordSpending(stack.runtime, [dear]);
    await recordSpending(stack.runtime, [correction]);
    const { rows } = await stack.database.db.execute(
      sql`select nano_usd::int from ledger where adjusts is not null`,
    );
    expect(rows).toEqual([{ nano_usd: -1 }]);
    await passed();
    expect(points(metrics.cost)).toEqual(await ledger("nano_usd", "true"));
  });
});
