import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createApi } from "../../../src/api/create-api.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { startAlertRules } from "../../support/alert-rules.ts";
import { ended } from "../../support/ingest.ts";
import { failedFile, gatewayAnswers, startTriage } from "../../support/requeue.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const clock = createAdjustableClock();
const minutes = (count: number) => clock.advance(count * 60_000);
let stack: Stack;
let rules: Awaited<ReturnType<typeof startAlertRules>>;
let triage: Awaited<ReturnType<typeof startTriage>>;
beforeAll(async () => {
  stack = await startServedStack();
  rules = await startAlertRules(stack, clock);
  triage = await startTriage(stack);
});
afterAll(async () => {
  await rules.close();
  await stack.close();
});

async function requeue(fileId: string, becomes: "succeeded" | "failed"): Promise<void> {
  if (becomes === "failed") await gatewayAnswers(stack, 401, 1);
  await triage.requeue(fileId, "failed");
  expect(await ended(stack, fileId, 45_000)).toMatchObject({ status: becomes });
}

async function setState(groupId: string, change: object): Promise<void> {
  const answer = await createApi(stack.runtime).request(`/api/v1/failures/${groupId}/state`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${stack.env.WAYBILL_API_KEY}`,
      "content-type": "application/json",
    },
    body: JSON.stringify(change),
  });
  expect(answer.status).toBe(200);
}

it("a rule of large failures tells of a group once more files stand failed than its number, and again after it was well", async () => {
  const rule = await rules.make({ kind: "large-failure", standing: 1 });
  const one = await failedFile(stack, "secret-plan.md");
  expect(await rules.watch()).toBe(0);
  const other = await failedFile(stack, "other.md");
  expect(Math.max(...(await Promise.all([rules.watch(), rules.watch()])))).toBe(1);
  const [alert] = await rules.arrived(1);
  const groupId = alert?.told.subject ?? "";
  expect(alert?.told).toMatchObject({
    kind: "large-failure",
    text: expect.stringMatching(/^On call: 2 files stand failed in embed \(provider_unauthorized\): /),
    url: `${stack.env.WAYBILL_URL}/failures/${groupId}`,
  });
  expect(alert?.body).not.toContain("secret-plan");
  for (let at = 0; at < 3; at += 1) {
    minutes(9);
    expect(await rules.watch()).toBe(0);
  }
  await requeue(one.fileId, "succeeded");
  minutes(9);
  expect(await rules.watch()).toBe(0);
  // It was well for less than ten minutes: the same.
  const third = await failedFile(stack, "third.md");
  expect(await rules.watch()).toBe(0);
  await requeue(third.fileId, "succeeded");
  minutes(11);
  expect(await rules.watch()).toBe(0);
  expect((await rules.toldBy(rule)).map(({ endedAt }) => endedAt !== null)).toEqual([true]);

  await failedFile(stack, "fourth.md");
  expect(await rules.watch()).toBe(1);
  expect((await rules.arrived(1))[0]?.told.subject).toBe(groupId);

  // A number that is raised ends it; one that is lowered tells of it anew.
  await rules.ask("PATCH", `/${rule.id}`, { standing: 2 });
  minutes(11);
  expect(await rules.watch()).toBe(0);
  expect((await rules.toldBy(rule)).every(({ endedAt }) => endedAt !== null)).toBe(true);
  await rules.ask("PATCH", `/${rule.id}`, { standing: 1 });
  expect(await rules.watch()).toBe(1);
  await rules.arrived(1);
  await rules.remove(rule);

  await setState(groupId, { state: "ignored" });
  const next = await rules.make({ kind: "large-failure", standing: 1 });
  await requeue(other.fileId, "failed");
  expect(await rules.watch()).toBe(0);
  await setState(groupId, { state: "open" });
  expect(await rules.watch()).toBe(1);
  await rules.arrived(1);
  await setState(groupId, { state: "ignored" });
  minutes(11);
  await rules.watch();
  expect((await rules.toldBy(next)).map(({ endedAt }) => endedAt !== null)).toEqual([true]);
  await rules.remove(next);
});

it("of many groups that are large at once it tells twenty in a tick, the largest first, and each once", async () => {
  await stack.database.db.execute(sql`
    insert into failure_groups (id, state, step, code, message, files, standing, first_seen_at, last_seen_at)
    select 'group_' || n, 'open', 'embed', 'provider_refused', 'It was refused.', 1000 + n, 1000 + n, now(), now()
    from generate_series(1, 25) n`);
  const rule = await rules.make({ kind: "large-failure", standing: 1_000 });
  expect(await rules.watch()).toBe(20);
  const first = await rules.arrived(20);
  expect(first.map(({ told: { subject } }) => subject)).toContain("group_25");
  expect(first.map(({ told: { text } }) => text)).toContain(
    "On call: 1,025 files stand failed in embed (provider_refused): It was refused.",
  );
  minutes(1);
  expect(await rules.watch()).toBe(5);
  await rules.arrived(5);
  for (let at = 0; at < 3; at += 1) {
    minutes(9);
    expect(await rules.watch()).toBe(0);
  }
  expect((await rules.toldBy(rule)).every(({ endedAt }) => endedAt === null)).toBe(true);
  await rules.remove(rule);
});
