import { sql } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "../../../db/client.ts";
import {
  failureFingerprints,
  failureGroups,
  failureMoves,
  failureSplits,
  failures,
} from "../../../db/schema/failures.ts";
import { WaybillError } from "../../../kernel/errors.ts";
import { newId } from "../../../kernel/ids.ts";
import type { TriageContext } from "../../context.ts";
import { type Actor, recordAudit } from "../../record-audit.ts";
import { lockGroup } from "../lock-group.ts";
import { regroup } from "./regroup.ts";

/** Which failures leave their group for one of their own, and why. */
export interface Split {
  readonly id: string;
  /** Part of their sentences, looked for as it is written. */
  readonly contains: string;
  readonly reason?: string | null | undefined;
  readonly actor: Actor;
}

/**
 * Moves the failures of a group whose sentence has this part into a group of their own, and files those that come
 * there too, with an audit entry.
 * @returns the new group's id
 * @throws WaybillError failure_not_found, failure_merged; failure_not_split where none or all have the part
 */
export async function splitFailure(
  { db, clock }: Pick<TriageContext, "db" | "clock">,
  split: Split,
): Promise<string> {
  return regroup(db, [split.id], (tx) => beginSplit(tx, split, clock.now()));
}

/** Leads what comes to the new group, and orders the move of what is there. Behind the shut gate. @returns its id */
export async function beginSplit(
  tx: Db,
  { id, contains, reason = null, actor }: Split,
  now: Date,
): Promise<string> {
  const group = await lockGroup(tx, id);
  const moving = await countMoving(tx, id, contains);
  if (moving === 0 || moving === group.failures)
    throw new WaybillError("failure_not_split", {
      details: { failures: group.failures, matching: moving },
    });
  const into = newId("group", now);
  const { step, code, message, provider, status } = group;
  const seen = { firstSeenAt: group.firstSeenAt, lastSeenAt: group.lastSeenAt };
  await tx.insert(failureGroups).values({ id: into, step, code, message, provider, status, ...seen });
  await learnSplit(tx, { id, into, contains });
  await tx.insert(failureMoves).values({ fromGroupId: id, intoGroupId: into, contains });
  const entry = { action: "failure.split", fileId: null, idempotencyKey: null } as const;
  const facts = {
    request: { groupId: id, contains },
    before: { failures: group.failures },
    after: { failures: group.failures - moving, into, intoFailures: moving },
  };
  await recordAudit(tx, { ...entry, ...facts, actor, reason }, now);
  return into;
}

async function countMoving(tx: Db, id: string, contains: string): Promise<number> {
  const { rows } = await tx.execute(sql`select count(*)::int as moving from ${failures}
    where ${failures.groupId} = ${id} and strpos(${failures.message}, ${contains}) > 0`);
  return z.object({ moving: z.number() }).parse(rows[0]).moving;
}

/** Every fingerprint and every older rule that leads to the group is followed by a rule that leads on from it. */
async function learnSplit(
  tx: Db,
  { id, into, contains }: { id: string; into: string; contains: string },
): Promise<void> {
  await tx.execute(sql`
    insert into ${failureSplits} (version, fingerprint, parent_id, contains, group_id)
    select version, fingerprint, parent_id, ${contains}::text, ${into}::text from (
      select version, fingerprint, null::int as parent_id from ${failureFingerprints} where group_id = ${id}
      union all
      select version, fingerprint, id from ${failureSplits} where group_id = ${id}) leading_to
    order by parent_id nulls first, version, fingerprint`);
}
