import { and, eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { failureFingerprints, failureGroups } from "../../db/schema/failures.ts";
import { deriveId } from "../../kernel/ids.ts";
import { type FailureFacts, fingerprintOf } from "../fingerprint.ts";

/** The version of what makes fingerprints (jobs/fingerprint.ts, kernel/normalise-message.ts). */
const version = 1;

/** The group that a failure belongs to; makes an empty one for a kind that was never met. @returns its id */
export async function findGroup(tx: Db, facts: FailureFacts, now: Date): Promise<string> {
  const fingerprint = fingerprintOf(facts);
  const known = await groupOf(tx, fingerprint);
  if (known !== undefined) return known;
  const { step, code, message, provider, status } = facts;
  const groupId = deriveId("group", version, fingerprint);
  const seen = { firstSeenAt: now, lastSeenAt: now };
  await tx
    .insert(failureGroups)
    .values({ id: groupId, step, code, message, provider, status, ...seen })
    .onConflictDoNothing();
  await tx
    .insert(failureFingerprints)
    .values({ version, fingerprint, groupId, message })
    .onConflictDoNothing();
  return groupId;
}

async function groupOf(tx: Db, fingerprint: string): Promise<string | undefined> {
  const [found] = await tx
    .select({ groupId: failureFingerprints.groupId })
    .from(failureFingerprints)
    .where(and(eq(failureFingerprints.version, version), eq(failureFingerprints.fingerprint, fingerprint)));
  return found?.groupId;
}
