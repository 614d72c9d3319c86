import type { Pool } from "pg";
import type { Clock } from "../../kernel/clock.ts";
import type { Log } from "../../kernel/log.ts";
import { sign } from "./authorize.ts";

/** Waits before the second and each later attempt. */
const backoffMs = [1_000, 5_000, 30_000, 120_000, 600_000];
const timeoutMs = 30_000;

/** Tells servers that an upload is complete: at least once each, also over a restart. */
export interface Callbacks {
  /** Takes up what is still to be told. */
  start(): Promise<void>;
  /** Begins to tell one that was written to the table. */
  send(callback: { id: string; url: string; body: string }): void;
  /** Ends the attempts under way; they are made again at the next start. */
  stop(): Promise<void>;
}

/** The sender; callbacks are signed with the read-write token, as `handleUpload` checks them. */
export function createCallbacks(options: { pool: Pool; clock: Clock; log: Log; token: string }): Callbacks {
  const { pool, clock, log } = options;
  const stopping = new AbortController();
  const sending = new Set<Promise<void>>();

  const attempt = async (url: string, body: string): Promise<boolean> => {
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", "x-vercel-signature": sign(body, options.token) },
        body,
        signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(timeoutMs)]),
      });
      await response.body?.cancel();
      if (!response.ok) log.warn({ url, status: response.status }, "an upload callback was refused");
      return response.ok;
    } catch (error) {
      log.warn({ url, error: String(error) }, "an upload callback did not arrive");
      return false;
    }
  };

  const deliver = async ({ id, url, body }: { id: string; url: string; body: string }) => {
    for (const waitMs of [0, ...backoffMs]) {
      await clock.wait(waitMs, stopping.signal);
      if (stopping.signal.aborted) return;
      if (await attempt(url, body)) break;
      if (stopping.signal.aborted) return;
    }
    await pool.query("DELETE FROM blob.callbacks WHERE id = $1", [id]);
  };

  const send: Callbacks["send"] = (callback) => {
    const task = deliver(callback)
      .catch((error: unknown) => log.error(error, "an upload callback failed"))
      .finally(() => sending.delete(task));
    sending.add(task);
  };

  return {
    send,
    async start() {
      const { rows } = await pool.query<{ id: string; url: string; body: string }>(
        "SELECT id, url, body FROM blob.callbacks ORDER BY id",
      );
      for (const row of rows) send(row);
    },
    async stop() {
      stopping.abort();
      await Promise.all(sending);
    },
  };
}
