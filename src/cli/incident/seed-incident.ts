import type { IncidentClient } from "./incident-client.ts";

/** How large an incident is to be. */
export interface IncidentSize {
  /** Files that a provider's outage fails, for three causes. */
  readonly failures: number;
  /** Files that succeeded before, to compare with. */
  readonly healthy: number;
  /** Damaged documents that failed in the same way three times. */
  readonly poison: number;
  /** Files that an exhausted budget holds. */
  readonly held: number;
}

/** Where the files of an incident lie. */
export const incidentProjects = {
  main: "incident",
  budget: "incident-budget",
  stuck: "incident-stuck",
} as const;

/** What the gateway answers during the outage, with each cause's share; the last one stays until it is mended. */
const causes = [
  { status: 401, share: 0.6, says: "the gateway refuses our key" },
  { status: 400, share: 0.3, says: "the gateway refuses the request as invalid" },
  { status: 404, share: 0.1, says: "the gateway does not know the model" },
] as const;

/** How many uploads are under way at once. */
const abreast = 8;
/** When the provider lets the stuck file come back, in s. */
const stuckSec = 6 * 3_600;
/** How often a poison file has failed. */
const poisonTimes = 3;

/**
 * Makes an incident through the product itself: files that succeed, one that waits for hours, some that fail
 * however often they are tried, some that no budget has room for, and then an outage that fails all that comes
 * for three causes in turn. The outage stays until `mendGateway`.
 * @param say is told what is done
 * @returns the id of the stuck file
 */
export async function seedIncident(
  client: IncidentClient,
  size: IncidentSize,
  say: (line: string) => void,
): Promise<{ stuckFileId: string }> {
  const { main, budget, stuck } = incidentProjects;
  await client.mendGateway();
  await client.makeProject(main);
  await client.makeProject(budget);
  await client.makeProject(stuck);
  await uploadAll(client, size.healthy, "healthy");
  say(`${size.healthy} files have succeeded.`);
  const stuckFileId = await seedStuck(client);
  say(`1 file is stuck: the gateway has asked for patience until ${stuckSec / 3_600} hours from now.`);
  await seedPoison(client, size.poison);
  say(`${size.poison} damaged files have failed ${poisonTimes} times each.`);
  await client.makeBudget({
    scope: "project",
    project: budget,
    window: "total",
    limitNanoUsd: "1",
    mode: "hard",
  });
  for (let at = 1; at <= size.held; at += 1) await client.upload(budget, `held-${at}.md`, note("held", at));
  say(`1 budget is exhausted, and holds ${size.held} files.`);
  for (const { status, times } of outageOf(size.failures)) await client.disturbGateway({ status, times });
  await uploadAll(client, size.failures, "outage");
  for (const { times, says } of outageOf(size.failures)) say(`${times ?? "The other"} failures: ${says}.`);
  return { stuckFileId };
}

/** The causes in turn; the last has no number, and goes on. */
function outageOf(failures: number) {
  return causes
    .map(({ status, share, says }, at) => {
      const times = Math.round(failures * share);
      return { status, says, ...(at < causes.length - 1 && { times }) };
    })
    .filter(({ times }) => times !== 0);
}

async function uploadAll(client: IncidentClient, count: number, kind: string): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < count) {
      next += 1;
      const at = next;
      await client.upload(incidentProjects.main, `${kind}-${at}.md`, note(kind, at));
    }
  };
  await Promise.all(Array.from({ length: abreast }, one));
  await client.until(async () => !(await client.isBusy(incidentProjects.main)));
}

async function seedStuck(client: IncidentClient): Promise<string> {
  await client.disturbGateway({ status: 429, retryAfterSec: stuckSec, times: 1 });
  const fileId = await client.upload(incidentProjects.stuck, "stuck.md", note("stuck", 1));
  await client.until(async () => {
    const { runHistory: runs } = await client.file(fileId);
    return runs.some(({ steps }) => steps.some(({ nextAttemptAt }) => nextAttemptAt !== null));
  });
  return fileId;
}

async function seedPoison(client: IncidentClient, count: number): Promise<void> {
  for (let at = 1; at <= count; at += 1) {
    const content = `%PDF-1.7\nThe rest of document ${at} was lost.\n`;
    const fileId = await client.upload(incidentProjects.main, `damaged-${at}.pdf`, content);
    for (let time = 1; ; time += 1) {
      await client.until(async () => (await client.file(fileId)).status === "failed");
      if (time === poisonTimes) break;
      await client.requeue(fileId);
    }
  }
}

/** A document unlike every other: what was embedded once is not embedded again. */
function note(kind: string, at: number): string {
  return `# Delivery note ${at}\n\nParcel ${at} of the ${kind} consignment left the harbour at gate ${at % 7}.\n`;
}
