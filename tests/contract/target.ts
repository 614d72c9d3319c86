/**
 * What a contract suite runs against: the local stand-ins, which each test file starts for itself, or a URL
 * that `npm run contract` names. A test says what it needs beyond the wire, and is skipped by name and with
 * the reason where the target does not have it.
 */
import { randomBytes } from "node:crypto";
import { TestRunner } from "vitest";
import { remote } from "./remote-target.ts";

const reasons = {
  clock: "needs a clock that a test can advance",
  faults: "needs faults that a test can inject",
  restart: "needs a service that a test can stop and start",
  meter: "needs to read what the service has metered",
  options: "needs a service that is started with options of its own",
  "stand-in": "is about what the stand-in alone does",
  destination: "needs deliveries to reach the test: --destination https://…",
  "exclusive account": "acts on everything in the account: --exclusive",
} as const;

/** What a test may need beyond the wire; `plan: …` names a feature that not every plan has. */
export type Need = keyof typeof reasons | `plan: ${string}`;

/**
 * Skips the test that calls it, with the reason, unless the target has all of these. Call it first in a test
 * or in a `beforeEach`.
 */
export function needs(...all: readonly Need[]): void {
  const missing = all.filter((need) => !has(need));
  if (missing.length > 0) skipTest(missing.map(reasonOf).join("; "));
}

/** Whether the target has what a test may need. */
function has(need: Need): boolean {
  if (!remote) return true;
  if (need === "destination") return remote.destination !== undefined;
  if (need === "exclusive account") return remote.exclusive;
  return need.startsWith("plan: ") && remote.plan.includes(need.slice("plan: ".length));
}

/** Skips the test that runs now, with a reason that the report shows. Outside of a test it is an error. */
export function skipTest(reason: string): never {
  const running = TestRunner.getCurrentTest();
  if (!running) throw new Error(`No test is running that could be skipped: it ${reason}.`);
  return running.context.skip(reason);
}

function reasonOf(need: Need): string {
  if (isPlanFeature(need)) return `needs a plan with this: --plan "${need.slice("plan: ".length)}"`;
  return reasons[need];
}

function isPlanFeature(need: Need): need is `plan: ${string}` {
  return need.startsWith("plan: ");
}

/** A prefix for the names that one test file makes, so that files, runs and the account's own data stay apart. */
export function uniquePrefix(): string {
  return `waybill-contract-${randomBytes(5).toString("hex")}`;
}
