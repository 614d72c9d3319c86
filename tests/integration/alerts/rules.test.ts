import { createHmac } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { alerts } from "../../../src/db/schema/alerts.ts";
import { auditEntries } from "../../../src/db/schema/audit.ts";
import { ledger } from "../../../src/db/schema/costs.ts";
import { alertUrls } from "../../../src/jobs/alert-urls.ts";
import { openByHand } from "../../../src/jobs/breaker/breaker-transitions.ts";
import { createAdjustableClock } from "../../../src/kernel/clock.ts";
import { WaybillError } from "../../../src/kernel/errors.ts";
import { type AlertRule, alertSchema } from "../../../src/triage/alerts/alert-rule-view.ts";
import { watchRules } from "../../../src/triage/alerts/watch-rules.ts";
import { startAlertRules } from "../../support/alert-rules.ts";
import { startServedStack } from "../../support/served-stack.ts";
import type { Stack } from "../../support/stack.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 90_000 });

/** The rules' own time, which no other clock follows. */
const clock = createAdjustableClock({ frozenAt: new Date("2026-03-01T12:00:00Z") });
const minutes = (count: number) => clock.advance(count * 60_000);
let stack: Stack;
let rules: Awaited<ReturnType<typeof startAlertRules>>;

beforeAll(async () => {
  stack = await startServedStack();
  rules = await startAlertRules(stack, clock);
});
afterAll(async () => {
  await rules.close();
  await stack.close();
});

const db = () => stack.database.db;
const watch = () => rules.watch();
const ask = (...[method, path, body]: Parameters<typeof rules.ask>) => rules.ask(method, path, body);
const make = (rule: object) => rules.make(rule);
const remove = (rule: AlertRule) => rules.remove(rule);
const toldBy = (rule: AlertRule) => rules.toldBy(rule);
const arrived = (count: number) => rules.arrived(count);

async function group(id: string, more: { state?: string; project?: string } = {}): Promise<void> {
  const at = clock.now().toISOString();
  await db().execute(sql`
    insert into failure_groups (id, state, step, code, message, first_seen_at, last_seen_at, resolved_at)
    values (${id}, ${more.state ?? "open"}, 'embed', 'provider_refused', 'It was refused.', ${at}, ${at}, ${at})`);
  if (more.project !== undefined)
    await db().execute(
      sql`insert into failure_group_projects (project_id, group_id) values (${more.project}, ${id})`,
    );
}

/** A file whose extract was queued so many minutes ago and has not gone on. */
async function waitingFile(name: string, agoMin: number, projectId: string): Promise<void> {
  const at = new Date(clock.now().getTime() - agoMin * 60_000).toISOString();
  await db().execute(sql`
    insert into files (id, project_id, name, content_hash, status, bytes, media_type, blob_url, latest_run_id, created_at, updated_at)
    values (${`file_${name}`}, ${projectId}, ${name}, ${name}, 'running', 1, 'text/plain', 'b', ${`run_${name}`}, ${at}, ${at})`);
  await db().execute(sql`
    insert into runs (id, file_id, number, graph_version, settings, status, trace_id, root_span_id, created_at)
    values (${`run_${name}`}, ${`file_${name}`}, 1, 1, '{}', 'running', ${`t_${name}`}, 's', ${at})`);
  await db().execute(sql`
    insert into steps (id, run_id, name, shard, state, input, flow_key, max_attempts, time_limit_ms, queued_at, expected_by)
    values (${`step_${name}`}, ${`run_${name}`}, 'extract', 0, 'queued', '{}', 'k', 4, 60000, ${at}, ${at})`);
}
async function endFile(name: string): Promise<void> {
  await db().execute(
    sql`update runs set finished_at = now(), status = 'succeeded' where id = ${`run_${name}`}`,
  );
  await db().execute(
    sql`update steps set state = 'succeeded', expected_by = null, finished_at = now() where id = ${`step_${name}`}`,
  );
}

describe("a rule of new failures", () => {
  it("tells of each group once, signed, and of none that was there before the rule", async () => {
    await group("group_old");
    minutes(1);
    const rule = await make({ kind: "new-failure" });
    minutes(1);
    await group("group_new");
    expect(await Promise.all([watch(), watch()])).toContain(1);
    minutes(1);
    expect(await watch()).toBe(0);
    const [alert] = await arrived(1);
    expect(alert?.told).toMatchObject({
      kind: "new-failure",
      subject: "group_new",
      text: "On call: A new failure in embed (provider_refused): It was refused.",
      url: `${stack.env.WAYBILL_URL}/failures/group_new`,
    });
    const [, at = "", v1 = ""] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(alert?.signature ?? "") ?? [];
    const sign = (secret: string) =>
      createHmac("sha256", secret).update(`${at}.${alert?.body}`).digest("hex");
    expect(v1).toBe(sign(rule.signingSecret));
    expect(v1).not.toBe(sign(stack.env.WAYBILL_SESSION_SECRET));
    expect(await toldBy(rule)).toMatchObject([{ state: "sent", endedAt: null }]);
    await remove(rule);
  });

  it("looks at its project alone", async () => {
    const rule = await make({ kind: "new-failure", project: "default" });
    minutes(1);
    await group("group_elsewhere");
    await group("group_here", { project: stack.project.id });
    expect(await watch()).toBe(1);
    expect((await arrived(1)).map(({ told: { subject } }) => subject)).toEqual(["group_here"]);
    await remove(rule);
  });

  it("says nothing of what happened while it was paused", async () => {
    const rule = await make({ kind: "new-failure" });
    expect((await ask("PATCH", `/${rule.id}`, { paused: true })).status).toBe(200);
    minutes(1);
    await group("group_while-paused");
    expect(await watch()).toBe(0);
    minutes(1);
    expect(await (await ask("PATCH", `/${rule.id}`, { paused: false })).json()).toMatchObject({
      paused: false,
    });
    expect(await watch()).toBe(0);
    await remove(rule);
  });
});

it("a rule of failures that came back tells of each return", async () => {
  const rule = await make({ kind: "returned-failure" });
  minutes(1);
  await group("group_back", { state: "regressed" });
  expect(await watch()).toBe(1);
  expect(await watch()).toBe(0);
  minutes(5);
  const at = clock.now().toISOString();
  await db().execute(
    sql`update failure_groups set resolved_at = ${at}, last_seen_at = ${at} where id = 'group_back'`,
  );
  expect(await watch()).toBe(1);
  expect((await arrived(2)).map(({ told: { url } }) => url.split("/").at(-1))).toEqual([
    "group_back",
    "group_back",
  ]);
  await remove(rule);
});

it("a rule of stuck steps waits for its minutes, tells of a reason once, and again after it was well", async () => {
  const rule = await make({ kind: "stuck", minutes: 30, project: "default" });
  await waitingFile("slow", 20, stack.project.id);
  expect(await watch()).toBe(0);
  minutes(11);
  expect(await watch()).toBe(1);
  const [alert] = await arrived(1);
  expect(alert?.told).toMatchObject({
    subject: "not-delivered",
    text: "On call: 1 step does not go on (not-delivered), the first for longer than 30 min.",
    url: `${stack.env.WAYBILL_URL}/stuck?reason=not-delivered`,
  });
  await waitingFile("slower", 60, stack.project.id);
  for (let at = 0; at < 3; at += 1) {
    minutes(9);
    expect(await watch()).toBe(0);
  }
  await endFile("slow");
  await endFile("slower");
  minutes(9);
  expect(await watch()).toBe(0);
  // It was away for less than ten minutes: the same.
  await waitingFile("again", 60, stack.project.id);
  expect(await watch()).toBe(0);
  await endFile("again");
  minutes(11);
  expect(await watch()).toBe(0);
  expect((await toldBy(rule))[0]?.endedAt).not.toBeNull();
  await waitingFile("anew", 60, stack.project.id);
  expect(await watch()).toBe(1);
  await arrived(1);
  await endFile("anew");
  await remove(rule);
});

it("a rule of the backlog tells when the oldest file is too old, and of no document's name", async () => {
  const rule = await make({ kind: "backlog", minutes: 45 });
  await waitingFile("secret-plan.pdf", 40, stack.project.id);
  expect(await watch()).toBe(0);
  minutes(6);
  expect(await watch()).toBe(1);
  const [alert] = await arrived(1);
  expect(alert?.told.text).toBe("On call: The oldest file under way began more than 45 min ago.");
  await endFile("secret-plan.pdf");
  await remove(rule);
});

it("a rule of breakers tells when one opens", async () => {
  const rule = await make({ kind: "breaker" });
  expect(await watch()).toBe(0);
  minutes(1);
  await db().transaction((tx) =>
    openByHand(tx, "vector", { keyName: "Ada", reason: "It is ill." }, clock.now()),
  );
  expect(await watch()).toBe(1);
  minutes(1);
  expect(await watch()).toBe(0);
  expect((await arrived(1))[0]?.told.text).toBe("On call: The breaker of vector opened. It is ill.");
  await remove(rule);
});

describe("sending", () => {
  it("is tried again by the next tick where QStash is down, and given up where it refuses the address", async () => {
    const rule = await make({ kind: "new-failure" });
    minutes(1);
    await group("group_down");
    const failing = (code: "provider_unavailable" | "provider_refused") => ({
      ...stack.runtime,
      clock,
      queue: { ...stack.runtime.queue, notify: () => Promise.reject(new WaybillError(code)) },
    });
    expect(await watchRules(failing("provider_unavailable"))).toBe(0);
    expect(await toldBy(rule)).toMatchObject([{ state: "waiting" }]);
    expect(await watch()).toBe(1);
    await arrived(1);
    minutes(1);
    await group("group_refused");
    expect(await watchRules(failing("provider_refused"))).toBe(0);
    expect(await watch()).toBe(0);
    expect(await toldBy(rule)).toMatchObject([{ state: "refused" }, { state: "sent" }]);
    await remove(rule);
  });

  it("is in the ledger, and known by its address to whoever reads QStash's log", async () => {
    const [sent] = await db().select().from(alerts).where(eq(alerts.sentTo, rules.hook)).limit(1);
    const entries = await db().select().from(ledger).where(eq(ledger.step, "alert"));
    expect(entries.length).toBeGreaterThan(5);
    const at = sent?.sentAt ?? new Date(0);
    const around = { from: at, to: new Date(at.getTime() + 60_000) };
    expect([...(await alertUrls(db(), "https://budgets.test", around))]).toEqual([
      "https://budgets.test",
      rules.hook,
    ]);
    expect([...(await alertUrls(db(), undefined, { from: new Date(0), to: new Date(1) }))]).toEqual([]);
  });

  it("can be tried, and what became of it is answered", async () => {
    const rule = await make({ kind: "breaker" });
    const answer = await ask("POST", `/${rule.id}/test`);
    expect(alertSchema.parse(await answer.json())).toMatchObject({ state: "sent" });
    expect((await arrived(1))[0]?.told.text).toBe("On call: This is a test; nothing happened.");
    await remove(rule);
  });
});

it("each change of a rule is in the audit log, without its address", async () => {
  const rule = await make({ kind: "stuck", minutes: 5 });
  minutes(1);
  const changed = await ask("PATCH", `/${rule.id}`, {
    minutes: 9,
    url: `${rules.hook}/2`,
    reason: "too loud",
  });
  expect(await changed.json()).toMatchObject({ minutes: 9, url: `${rules.hook}/2` });
  minutes(1);
  await remove(rule);
  const entries = await db()
    .select()
    .from(auditEntries)
    .where(sql`request->>'ruleId' = ${rule.id}`)
    .orderBy(auditEntries.at, auditEntries.id);
  const { host } = new URL(rules.hook);
  expect(entries).toMatchObject([
    { action: "alert-rule.create", before: {}, after: { kind: "stuck", minutes: 5, host } },
    {
      action: "alert-rule.change",
      reason: "too loud",
      before: { minutes: 5 },
      after: { minutes: 9, address: "changed" },
    },
    { action: "alert-rule.remove", before: { minutes: 9 }, after: {} },
  ]);
  expect(JSON.stringify(entries)).not.toContain("secret-path");
});

it.each([
  [{ kind: "stuck" }, 400],
  [{ kind: "large-failure" }, 400],
  [{ kind: "large-failure", standing: 0 }, 400],
  [{ kind: "large-failure", standing: 10, project: "default" }, 400],
  [{ kind: "new-failure", standing: 10 }, 400],
  [{ kind: "breaker", minutes: 5 }, 400],
  [{ kind: "breaker", project: "default" }, 400],
  [{ kind: "stopped-requeue", project: "default" }, 400],
  [{ kind: "backlog", minutes: 0 }, 400],
  [{ kind: "breaker", url: "ftp://a.test" }, 400],
  [{ kind: "new-failure", project: "none" }, 404],
])("a rule that cannot be is refused: %j", async (rule, status) => {
  expect((await ask("POST", "", { name: "x", url: rules.hook, ...rule })).status).toBe(status);
});

it("a rule's number is changed, and neither taken from it nor given to a rule of another kind", async () => {
  const large = await make({ kind: "large-failure", standing: 100 });
  expect(large).toMatchObject({ standing: 100, minutes: null });
  const changed = await ask("PATCH", `/${large.id}`, { standing: 250 });
  expect(await changed.json()).toMatchObject({ standing: 250 });
  expect((await ask("PATCH", `/${large.id}`, { standing: null })).status).toBe(400);
  expect((await ask("PATCH", `/${large.id}`, { minutes: 5 })).status).toBe(400);
  const breaker = await make({ kind: "breaker" });
  expect((await ask("PATCH", `/${breaker.id}`, { standing: 5 })).status).toBe(400);
  const [entry] = await db()
    .select()
    .from(auditEntries)
    .where(sql`request->>'ruleId' = ${large.id} and action = 'alert-rule.change'`);
  expect(entry).toMatchObject({ before: { standing: 100 }, after: { standing: 250 } });
  await remove(large);
  await remove(breaker);
});

it("a rule that is not there is refused", async () => {
  for (const [method, path, body] of [
    ["PATCH", "/rule_none", {}],
    ["DELETE", "/rule_none"],
    ["POST", "/rule_none/test"],
    ["GET", "/rule_none/alerts"],
  ] as const)
    expect((await ask(method, path, body)).status).toBe(404);
  expect(await (await ask("GET", "")).json()).toEqual({ items: [] });
});
