import type { Pool } from "pg";
import type { Clock } from "../../../kernel/clock.ts";
import { batched } from "../timing/batched.ts";
import { type Publication, type TakenIn, takeInMessages } from "./take-in-messages.ts";

interface Request {
  readonly publications: readonly Publication[];
  readonly resolve: (taken: TakenIn[]) => void;
  readonly reject: (error: unknown) => void;
}

/** Takes the messages of one request in. The answers are in their order. */
export type TakeIn = (publications: readonly Publication[]) => Promise<TakenIn[]>;

/**
 * Takes messages in; requests that come while others are being written share one statement and one flush to
 * disk. Commits that notify exclude each other, so that many at once would each wait for a flush of their own.
 */
export function createTakeIn(pool: Pool, clock: Clock): TakeIn {
  const nowMs = () => clock.now().getTime();
  const together = batched(async (requests: readonly Request[]) => {
    const all = requests.flatMap((request) => request.publications);
    try {
      const taken = await takeInMessages(pool, all, nowMs());
      let next = 0;
      for (const { publications, resolve } of requests) {
        resolve(taken.slice(next, next + publications.length));
        next += publications.length;
      }
    } catch {
      // One that the database refuses must not spoil the others: nothing of them was written.
      for (const { publications, resolve, reject } of requests) {
        await takeInMessages(pool, publications, nowMs()).then(resolve, reject);
      }
    }
  });
  return (publications) => new Promise((resolve, reject) => void together({ publications, resolve, reject }));
}
