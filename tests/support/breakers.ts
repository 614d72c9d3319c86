import { and, eq, inArray, isNull, sql } from "drizzle-orm";
import { vi } from "vitest";
import type { BreakerProvider } from "../../src/db/breaker-states.ts";
import { breakerHolds, breakers, providerChanges } from "../../src/db/schema/breakers.ts";
import { files } from "../../src/db/schema/files.ts";
import { steps } from "../../src/db/schema/steps.ts";
import { upload } from "./ingest.ts";
import type { Stack } from "./stack.ts";

/** A breaker as it stands. */
export async function breakerOf(stack: Stack, provider: BreakerProvider) {
  const [row] = await stack.database.db.select().from(breakers).where(eq(breakers.provider, provider));
  if (row === undefined) throw new TypeError(`there is no breaker of ${provider}`);
  return row;
}

/** How a breaker has moved, the first change first: "closed > open: errors". */
export async function movesOf(stack: Stack, provider: BreakerProvider): Promise<string[]> {
  const rows = await stack.database.db
    .select()
    .from(providerChanges)
    .where(eq(providerChanges.provider, provider))
    .orderBy(providerChanges.at, providerChanges.id);
  return rows.map(({ fromState, toState, cause }) => `${fromState} > ${toState}: ${cause}`);
}

/** As if the cool-down were over. */
export async function coolDownPasses(stack: Stack, provider: BreakerProvider): Promise<void> {
  await stack.database.db
    .update(breakers)
    .set({ probeAt: sql`${breakers.probeAt} - interval '1 hour'` })
    .where(and(eq(breakers.provider, provider), eq(breakers.state, "open")));
}

/** Lets every request for vectors meet this fault, until `mend`. */
export async function breakGateway(stack: Stack, fault: object = { status: 503 }): Promise<void> {
  await faults(stack, { method: "POST", body: JSON.stringify({ match: "embedding", ...fault }) });
}

/** The gateway answers again. */
export function mendGateway(stack: Stack): Promise<void> {
  return faults(stack, { method: "DELETE" });
}

async function faults(stack: Stack, init: RequestInit): Promise<void> {
  const { origin } = new URL(stack.variables.AI_GATEWAY_BASE_URL ?? "");
  await fetch(`${origin}/__local/faults`, init);
}

/** Uploads documents of one page, all of them different. */
export async function uploadMany(stack: Stack, name: string, count: number): Promise<string[]> {
  const made: string[] = [];
  for (let at = 0; at < count; at += 1) {
    const text = `# About ${name} ${at}\n\nWhat ${name} ${at} says stands in this sentence.\n`;
    made.push((await upload(stack, `${name}-${at}.md`, text)).fileId);
  }
  return made;
}

/** Resolves once all of these files are in a state; QStash's backoff passes meanwhile. */
export function allAre(stack: Stack, fileIds: readonly string[], status: "held" | "succeeded") {
  return vi.waitFor(
    async () => {
      const found = await stack.database.db
        .select({ status: files.status })
        .from(files)
        .where(inArray(files.id, [...fileIds]));
      const others = found.filter((file) => file.status !== status);
      if (others.length === 0) return;
      stack.clock.advance(10_000);
      throw new Error(`${others.length} files are not ${status}: ${JSON.stringify(others)}`);
    },
    { timeout: 40_000, interval: 100 },
  );
}

/** The steps that a breaker holds now. */
export function heldSteps(stack: Stack, provider: BreakerProvider) {
  return stack.database.db
    .select({ step: steps, hold: breakerHolds })
    .from(breakerHolds)
    .innerJoin(steps, eq(steps.id, breakerHolds.stepId))
    .where(and(eq(breakerHolds.provider, provider), isNull(breakerHolds.until)))
    .orderBy(breakerHolds.rank, breakerHolds.id);
}
