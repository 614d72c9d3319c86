import { eq } from "drizzle-orm";
import type { Db } from "../../db/client.ts";
import { requeuePlans } from "../../db/schema/requeues.ts";
import { type PlanRequest, planRequestSchema } from "./plan-view.ts";

/** What a plan was made from, which never changes. */
export async function readRequest(db: Db, planId: string): Promise<PlanRequest> {
  const [plan] = await db
    .select({ request: requeuePlans.request })
    .from(requeuePlans)
    .where(eq(requeuePlans.id, planId));
  return planRequestSchema.parse(plan?.request);
}
