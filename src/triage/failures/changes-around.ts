import { and, asc, between, eq, inArray, or, sql } from "drizzle-orm";
import type { AuditAction } from "../../db/audit-actions.ts";
import type { Db } from "../../db/client.ts";
import { auditEntries } from "../../db/schema/audit.ts";
import { providerChanges } from "../../db/schema/breakers.ts";
import { deployments, graphVersions } from "../../db/schema/deployments.ts";
import { providerNames } from "../../providers/provider-names.ts";
import type { FailureView } from "./failure-view.ts";

type Change = FailureView["changes"][number];

/** How long before and after the first failure, in ms. */
const aroundMs = 2 * 3_600_000;
const most = 50;

const told = new Map<AuditAction, { readonly kind: Change["kind"]; readonly text: string }>([
  ["price.add", { kind: "price", text: "added a price" }],
  ["plan.set", { kind: "settings", text: "set a provider's plan" }],
  ["budget.create", { kind: "budget", text: "made a budget" }],
  ["budget.change", { kind: "budget", text: "changed a budget" }],
  ["budget.remove", { kind: "budget", text: "removed a budget" }],
  ["budget.release", { kind: "budget", text: "let steps go on that a budget held" }],
]);

/**
 * What was changed in the two hours before and after this time, newest first; at most 50. People's changes are told by
 * the audit log, deployments and graph versions by when they were first at work, providers by their breakers.
 */
export async function changesAround(db: Db, at: Date): Promise<Change[]> {
  const from = new Date(at.getTime() - aroundMs);
  const to = new Date(at.getTime() + aroundMs);
  const changes = [
    ...(await byPeople(db, from, to)),
    ...(await byVersions(db, from, to)),
    ...(await ofProviders(db, from, to)),
  ];
  return changes.toSorted((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0)).slice(0, most);
}

async function byPeople(db: Db, from: Date, to: Date): Promise<Change[]> {
  const found = await db
    .select({ at: auditEntries.at, action: auditEntries.action, by: auditEntries.keyName })
    .from(auditEntries)
    .where(and(inArray(auditEntries.action, [...told.keys()]), between(auditEntries.at, from, to)))
    // "nulls last" is how the index is ordered: without it Postgres sorts all rows, though none is null.
    .orderBy(sql`${auditEntries.at} desc nulls last`, sql`${auditEntries.id} desc nulls last`)
    .limit(most);
  return found.flatMap(({ action, by, at }) => {
    const change = told.get(action);
    return change ? [{ at: at.toISOString(), kind: change.kind, text: `${by} ${change.text}.` }] : [];
  });
}

/** When breakers opened and closed; how often a provider was tried in between says nothing more. */
async function ofProviders(db: Db, from: Date, to: Date): Promise<Change[]> {
  const found = await db
    .select()
    .from(providerChanges)
    .where(
      and(
        between(providerChanges.at, from, to),
        or(eq(providerChanges.toState, "closed"), inArray(providerChanges.cause, ["errors", "person"])),
      ),
    )
    .orderBy(sql`${providerChanges.at} desc nulls last`, sql`${providerChanges.id} desc nulls last`)
    .limit(most);
  return found.map((change) => ({
    at: change.at.toISOString(),
    kind: "provider" as const,
    text: providerText(change),
  }));
}

function providerText({ provider, toState, keyName, reason }: typeof providerChanges.$inferSelect): string {
  const breaker = `the breaker of ${providerNames[provider]}`;
  const why = reason === null ? "." : `: ${reason.replace(/\.$/, "")}.`;
  if (keyName !== null) return `${keyName} ${toState === "open" ? "opened" : "closed"} ${breaker}${why}`;
  if (toState === "open") return `The breaker of ${providerNames[provider]} opened${why}`;
  return `The breaker of ${providerNames[provider]} closed, as it answers again.`;
}

async function byVersions(db: Db, from: Date, to: Date): Promise<Change[]> {
  const builds = await db
    .select()
    .from(deployments)
    .where(between(deployments.firstSeenAt, from, to))
    .orderBy(asc(deployments.firstSeenAt))
    .limit(most);
  const graphs = await db
    .select()
    .from(graphVersions)
    .where(between(graphVersions.firstSeenAt, from, to))
    .orderBy(asc(graphVersions.firstSeenAt))
    .limit(most);
  return [
    ...builds.map(({ id, firstSeenAt }) => ({
      at: firstSeenAt.toISOString(),
      kind: "deployment" as const,
      text: `Deployment ${id} was at work for the first time.`,
    })),
    ...graphs.map(({ version, firstSeenAt }) => ({
      at: firstSeenAt.toISOString(),
      kind: "graph" as const,
      text: `Graph version ${version} was used for the first time.`,
    })),
  ];
}
