import { deployments, graphVersions } from "../db/schema/deployments.ts";
import type { JobsContext } from "./context.ts";

/** What this process has noted in which database: each is written once a process, and looked up no more. */
const noted = new WeakMap<object, Set<string>>();

/**
 * Notes that this deployment is at work, and by which graph version, where that was not known yet. What is there stays
 * as it is: twice is once, and of two who note the same the first is right.
 */
export async function noteVersions(
  { db, deployment }: Pick<JobsContext, "db" | "deployment">,
  work: { readonly graphVersion: number; readonly at: Date },
): Promise<void> {
  const known = noted.get(db) ?? new Set();
  noted.set(db, known);
  const { graphVersion: version, at: firstSeenAt } = work;
  const key = JSON.stringify([deployment, version]);
  if (known.has(key)) return;
  await db.insert(deployments).values({ id: deployment, firstSeenAt }).onConflictDoNothing();
  await db.insert(graphVersions).values({ version, firstSeenAt }).onConflictDoNothing();
  known.add(key);
}
