import type { Clock } from "../../kernel/clock.ts";
import { newUuid } from "../../kernel/ids.ts";
import type { Include } from "./entities.ts";
import type { SearchRequest } from "./search.ts";
import { VectorError } from "./vector-error.ts";

/** A query that gives its hits batch by batch. */
export interface ResumableQuery {
  readonly namespace: string;
  readonly request: SearchRequest;
  readonly include: Include;
  /** The ids that it has given. */
  readonly given: Set<string>;
}

/** The resumable queries of one index. They live in memory: a restart ends them, as a pause too long does. */
export interface ResumableQueries {
  /** Keeps a query until it is ended, or nobody asks for more within `maxIdleMs`. @returns its uuid */
  start(query: ResumableQuery, maxIdleMs: number): string;
  /** The query of a uuid, which is alive again for its whole time. @throws VectorError 404 */
  resume(uuid: string): ResumableQuery;
  /** Ends a query. @throws VectorError 404 */
  end(uuid: string): void;
}

/** No queries yet; their idle time is that of the clock. */
export function createResumableQueries(clock: Clock): ResumableQueries {
  const queries = new Map<string, { query: ResumableQuery; maxIdleMs: number; usedAtMs: number }>();
  const nowMs = () => clock.now().getTime();
  const forgetIdle = () => {
    for (const [id, { usedAtMs, maxIdleMs }] of queries) {
      if (nowMs() - usedAtMs > maxIdleMs) queries.delete(id);
    }
  };
  const find = (uuid: string) => {
    forgetIdle();
    const found = queries.get(uuid);
    if (found) return found;
    throw new VectorError(404, `Resumable query ${uuid} does not exist: it was ended, or idle for too long`);
  };
  return {
    start(query, maxIdleMs) {
      forgetIdle();
      const uuid = newUuid();
      queries.set(uuid, { query, maxIdleMs, usedAtMs: nowMs() });
      return uuid;
    },
    resume(uuid) {
      const found = find(uuid);
      found.usedAtMs = nowMs();
      return found.query;
    },
    end(uuid) {
      find(uuid);
      queries.delete(uuid);
    },
  };
}
