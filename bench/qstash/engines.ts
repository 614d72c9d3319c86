import { Logger, makeWorkerUtils, run } from "graphile-worker";
import { PgBoss } from "pg-boss";

/** A job engine over Postgres that the local QStash is held against. */
interface Engine {
  sendOne(): Promise<void>;
  sendMany(count: number): Promise<void>;
  /** Works on jobs, one at a time in each of `concurrency` places, until the process ends. */
  work(concurrency: number, job: () => Promise<void>): Promise<void>;
}

/** The engines by name. */
export const engines = { "pg-boss": openPgBoss, "graphile-worker": openGraphileWorker };

const queue = "no-op";

/**
 * pg-boss. Its own worker with one job at a time waits half a second between jobs; fetching and completing by
 * hand in a loop is the most it can do.
 */
async function openPgBoss(connectionString: string): Promise<Engine> {
  const boss = new PgBoss({ connectionString, max: 20 });
  await boss.start();
  await boss.createQueue(queue);
  return {
    async sendOne() {
      await boss.send(queue, {});
    },
    async sendMany(count) {
      await boss.insert(
        queue,
        Array.from({ length: count }, () => ({ data: {} })),
      );
    },
    async work(concurrency, job) {
      const place = async () => {
        for (;;) {
          const [taken] = await boss.fetch(queue);
          if (taken === undefined) return;
          await job();
          await boss.complete(queue, taken.id);
        }
      };
      await Promise.all(Array.from({ length: concurrency }, place));
    },
  };
}

/** graphile-worker with its defaults, under which each job is fetched by itself. */
async function openGraphileWorker(connectionString: string): Promise<Engine> {
  const silent = new Logger(() => () => {});
  const utils = await makeWorkerUtils({ connectionString, logger: silent, maxPoolSize: 20 });
  await utils.migrate();
  return {
    async sendOne() {
      await utils.addJob(queue, {});
    },
    async sendMany(count) {
      await utils.addJobs(Array.from({ length: count }, () => ({ identifier: queue, payload: {} })));
    },
    async work(concurrency, job) {
      const runner = await run({
        connectionString,
        concurrency,
        logger: silent,
        maxPoolSize: 20,
        noHandleSignals: true,
        taskList: { [queue]: job },
      });
      await runner.promise;
    },
  };
}
