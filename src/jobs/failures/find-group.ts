import { and, asc, eq, or } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { failureFingerprints, failureGroups, failureSplits } from "../../db/schema/failures.ts";
import { deriveId } from "../../kernel/ids.ts";
import type { FailureFacts } from "../fingerprint.ts";
import type { Fingerprinter } from "../fingerprinters.ts";
import { routeBySplits } from "./route-by-splits.ts";

/** A fingerprint and the group that it leads to, before any split. */
interface Known {
  readonly version: number;
  readonly fingerprint: string;
  readonly groupId: string;
}

/**
 * The group that a failure belongs to; makes an empty one for a kind that was never met. A fingerprint of the newest
 * version that is not known is looked for by the older ones of the same failure, and learned: a better fingerprint
 * splits no history. Called behind the failure gate.
 * @param makers the newest version first
 * @returns the group's id
 */
export async function findGroup(
  tx: Db,
  facts: FailureFacts,
  makers: readonly [Fingerprinter, ...Fingerprinter[]],
  now: Date,
): Promise<string> {
  const named = ({ version, make }: Fingerprinter) => ({ version, fingerprint: make(facts) });
  const [first, ...older] = makers;
  const newest = named(first);
  const own = [newest, ...older.map(named)];
  const found = await tx
    .select()
    .from(failureFingerprints)
    .where(or(...own.map((one) => isFingerprint(failureFingerprints, one))));
  const known = own.flatMap(({ version }) => found.find((row) => row.version === version) ?? [])[0];
  if (known?.version === newest.version) return routed(tx, known, facts.message);
  if (known !== undefined) return routed(tx, await learn(tx, newest, known, facts.message), facts.message);
  const { step, code, message, provider, status } = facts;
  const groupId = deriveId("group", newest.version, newest.fingerprint);
  const seen = { firstSeenAt: now, lastSeenAt: now };
  await tx
    .insert(failureGroups)
    .values({ id: groupId, step, code, message, provider, status, ...seen })
    .onConflictDoNothing();
  await tx
    .insert(failureFingerprints)
    .values({ ...newest, groupId, message })
    .onConflictDoNothing();
  return groupId;
}

/** By the splits that the fingerprint has been through. */
async function routed(tx: Db, known: Known, message: string): Promise<string> {
  return routeBySplits(known.groupId, await splitsOf(tx, known), message);
}

function splitsOf(tx: Db, of: Omit<Known, "groupId">) {
  return tx
    .select()
    .from(failureSplits)
    .where(isFingerprint(failureSplits, of))
    .orderBy(asc(failureSplits.id));
}

/** The newest fingerprint leads from now on to where the older one led, through the same splits. */
async function learn(tx: Db, newest: Omit<Known, "groupId">, older: Known, message: string): Promise<Known> {
  const learned = await tx
    .insert(failureFingerprints)
    .values({ ...newest, groupId: older.groupId, message })
    .onConflictDoNothing()
    .returning({ groupId: failureFingerprints.groupId });
  if (learned.length === 0) {
    // Somebody else learned it meanwhile, by another failure and perhaps from another older fingerprint.
    const [theirs] = await tx
      .select()
      .from(failureFingerprints)
      .where(isFingerprint(failureFingerprints, newest));
    return theirs ?? older;
  }
  const copies = new Map<number, number>();
  for (const { id, parentId, contains, groupId } of await splitsOf(tx, older)) {
    const parent = parentId === null ? null : (copies.get(parentId) ?? null);
    const [copy] = await tx
      .insert(failureSplits)
      .values({ ...newest, parentId: parent, contains, groupId })
      .returning({ id: failureSplits.id });
    if (copy !== undefined) copies.set(id, copy.id);
  }
  return { ...newest, groupId: older.groupId };
}

function isFingerprint(
  table: typeof failureFingerprints | typeof failureSplits,
  { version, fingerprint }: Omit<Known, "groupId">,
) {
  return and(eq(table.version, version), eq(table.fingerprint, fingerprint));
}
