import type { Pool } from "pg";
import { z } from "zod";
import { type AdjustableClock, systemClock } from "../../kernel/clock.ts";
import { answered, askJson } from "./answered.ts";
import type { InspectedService, InspectedStack } from "./inspected.ts";
import { readQstash } from "./qstash-state.ts";
import { readIndexes } from "./vector-state.ts";

/** What the state is read from. */
export interface StateSource {
  readonly stack: InspectedStack;
  readonly pool: Pool;
  readonly clock: AdjustableClock;
  readonly control: boolean;
}

const metersSchema = z.record(z.string(), z.number());
const faultsSchema = z.object({ faults: z.array(z.looseObject({ id: z.number() })) });
const postgresSchema = z.tuple([z.object({ since: z.date(), connections: z.coerce.number() })]);

/** Everything that the page shows. Each part tells for itself why it is missing. */
export async function readState({ stack, pool, clock, control }: StateSource) {
  const qstash = stack.services.find(({ name }) => name === "qstash");
  const [postgres, services, qstashState, indexes] = await Promise.all([
    answered(() => readPostgres(pool)),
    Promise.all(stack.services.map((service) => readService(service, control))),
    qstash?.since() &&
      answered((signal) => readQstash({ url: qstash.url, token: stack.qstashToken, pool, signal })),
    readIndexes(stack.indexes),
  ]);
  const nowMs = clock.now().getTime();
  return {
    nowMs,
    // The clock follows the machine's own; what it is ahead was asked for.
    aheadMs: nowMs - systemClock.now().getTime(),
    control,
    applicationUrl: stack.applicationUrl,
    postgres: { address: stack.postgresAddress, answer: postgres },
    services,
    /** Missing until QStash is started, which waits for the application. */
    qstash: qstashState,
    indexes,
  };
}

async function readPostgres(pool: Pool) {
  const { rows } = await pool.query(
    `SELECT pg_postmaster_start_time() AS since,
            (SELECT sum(numbackends) FROM pg_stat_database) AS connections`,
  );
  const [{ since, connections }] = postgresSchema.parse(rows);
  return { sinceMs: since.getTime(), connections };
}

async function readService(service: InspectedService, control: boolean) {
  const { name, title, address, url } = service;
  const since = service.since();
  const shown = { name, title, address, sinceMs: since?.getTime() };
  if (!since) return shown;
  const [meters, faults] = await Promise.all([
    answered((signal) => askJson(`${url}/__local/usage`, metersSchema, { signal })),
    control ? answered((signal) => askJson(`${url}/__local/faults`, faultsSchema, { signal })) : undefined,
  ]);
  return { ...shown, meters, faults };
}
