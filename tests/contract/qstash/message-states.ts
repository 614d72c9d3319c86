import type { Client, State } from "@upstash/qstash";
import { expect } from "vitest";
import { remote } from "../remote-target.ts";

/** How long to wait for a delivery: a service far away delivers when it can, the stand-in at once. */
export const patienceMs = remote ? 60_000 : 8000;

/** The states that the log tells of a message, oldest first. */
export async function statesOf(client: Client, messageId: string): Promise<State[]> {
  const { logs } = await client.logs({ messageIds: [messageId] });
  return logs.map((entry) => entry.state).reverse();
}

/** Waits until the log of a message ends with a state, at least `times` such lines in all. */
export async function untilState(client: Client, messageId: string, state: State, times = 1): Promise<void> {
  await expect
    .poll(
      async () => {
        const states = await statesOf(client, messageId);
        return states.at(-1) === state && states.filter((one) => one === state).length >= times;
      },
      { timeout: patienceMs, interval: remote ? 500 : 15 },
    )
    .toBe(true);
}
