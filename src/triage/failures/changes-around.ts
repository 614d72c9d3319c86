import { and, gte, inArray, lte, sql } from "drizzle-orm";
import type { AuditAction } from "../../db/audit-actions.ts";
import type { Db } from "../../db/client.ts";
import { auditEntries } from "../../db/schema/audit.ts";
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

/** What people changed in the two hours before and after this time, by the audit log, newest first; at most 50. */
export async function changesAround(db: Db, at: Date): Promise<Change[]> {
  const found = await db
    .select({ at: auditEntries.at, action: auditEntries.action, by: auditEntries.keyName })
    .from(auditEntries)
    .where(
      and(
        inArray(auditEntries.action, [...told.keys()]),
        gte(auditEntries.at, new Date(at.getTime() - aroundMs)),
        lte(auditEntries.at, new Date(at.getTime() + aroundMs)),
      ),
    )
    // "nulls last" is how the index is ordered: without it Postgres sorts all rows, though none is null.
    .orderBy(sql`${auditEntries.at} desc nulls last`, sql`${auditEntries.id} desc nulls last`)
    .limit(most);
  return found.flatMap(({ action, by, at: when }) => {
    const change = told.get(action);
    return change ? [{ at: when.toISOString(), kind: change.kind, text: `${by} ${change.text}.` }] : [];
  });
}
