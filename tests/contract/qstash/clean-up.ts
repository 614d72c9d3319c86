import type { Client } from "@upstash/qstash";

const endStates = new Set(["DELIVERED", "FAILED", "CANCELED"]);

/** Removes from an account what a test file made there: all that bears its prefix, and nothing else. */
export async function cleanUp(client: Client, prefix: string, since: Date): Promise<void> {
  const ours = (text: string | undefined) => text?.includes(prefix) === true;
  for (const schedule of await client.schedules.list()) {
    if (ours(schedule.scheduleId) || ours(schedule.destination)) {
      await client.schedules.delete(schedule.scheduleId);
    }
  }
  for (const queue of await client.queue().list()) {
    if (ours(queue.name)) await client.queue({ queueName: queue.name }).delete();
  }
  for (const group of await client.urlGroups.list()) {
    if (ours(group.name)) await client.urlGroups.delete(group.name);
  }
  await cancelMessages(client, ours, since);
  await deleteDeadLetters(client, ours, since);
}

type Ours = (text: string | undefined) => boolean;

async function cancelMessages(client: Client, ours: Ours, since: Date): Promise<void> {
  const open = new Set<string>();
  const ended = new Set<string>();
  let cursor: string | undefined;
  do {
    const page = await client.logs({ filter: { fromDate: since }, ...(cursor && { cursor }) });
    for (const entry of page.logs) {
      if (!ours(entry.url) && !ours(entry.label)) continue;
      (endStates.has(entry.state) ? ended : open).add(entry.messageId);
    }
    cursor = page.cursor;
  } while (cursor);
  const pending = [...open].filter((id) => !ended.has(id));
  for (let i = 0; i < pending.length; i += 100) await client.messages.cancel(pending.slice(i, i + 100));
}

async function deleteDeadLetters(client: Client, ours: Ours, since: Date): Promise<void> {
  const letters: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.dlq.listMessages({ filter: { fromDate: since }, ...(cursor && { cursor }) });
    for (const letter of page.messages) if (ours(letter.url)) letters.push(letter.dlqId);
    cursor = page.cursor;
  } while (cursor);
  for (let i = 0; i < letters.length; i += 100) await client.dlq.delete(letters.slice(i, i + 100));
}
