import type { Pool } from "pg";
import { inTransaction } from "../kit/database.ts";
import { StartError } from "../launch/start-error.ts";
import type { NewRecord, VectorRecord } from "./entities.ts";
import type { IndexSettings } from "./index-settings.ts";
import { createNamespace, type Namespace } from "./namespace.ts";
import { dropNamespace, ensureNamespace, namespacesOf, renameNamespace } from "./namespace-table.ts";
import { deleteAllRecords, deleteRecords, readRecords, writeRecords } from "./record-table.ts";

/**
 * The records of one index: Postgres is what lasts, memory is what answers. Every write goes to Postgres
 * first and one at a time, so that both stay in the same order.
 */
export interface VectorStore {
  /**
   * Brings the tables' content into memory.
   * @throws StartError when the index holds records of another shape than its settings say
   */
  load(): Promise<void>;
  namespaces(): ReadonlyMap<string, Namespace>;
  /** The namespace, which may be one that nobody has written to yet. */
  view(namespace: string): Namespace;
  /** Writes records whole; of two with one id the last wins. */
  upsert(namespace: string, records: readonly NewRecord[]): Promise<void>;
  /** Changes one record in place. @returns false when there is none */
  update(namespace: string, id: string, change: (record: VectorRecord) => NewRecord): Promise<boolean>;
  /** Removes the records that `choose` names. @returns how many were there */
  remove(namespace: string, choose: (view: Namespace) => readonly string[]): Promise<number>;
  /** Empties a namespace, or all of them; they stay listed. */
  reset(namespace: string | undefined): Promise<void>;
  /** @returns false when there is no such namespace */
  deleteNamespace(namespace: string): Promise<boolean>;
  /** Gives a namespace another name, which must be free or is freed. */
  renameNamespace(
    from: string,
    to: string,
    deleteExisting: boolean,
  ): Promise<"renamed" | "missing" | "taken">;
}

/** The store of an index over the schema `vector` of a database. */
export function createVectorStore(pool: Pool, settings: IndexSettings): VectorStore {
  const index = settings.name;
  const memory = new Map<string, Namespace>([["", createNamespace()]]);
  const inTurn = createTurns();
  const view = (namespace: string) => memory.get(namespace) ?? createNamespace();
  const ensure = async (namespace: string) => {
    const known = memory.get(namespace);
    if (known) return known;
    await ensureNamespace(pool, index, namespace);
    const made = createNamespace();
    memory.set(namespace, made);
    return made;
  };

  return {
    namespaces: () => memory,
    view,
    async load() {
      await ensureNamespace(pool, index, "");
      for (const name of await namespacesOf(pool, index)) {
        if (!memory.has(name)) memory.set(name, createNamespace());
      }
      for await (const { namespace, record } of readRecords(pool, index)) {
        mustFit(record, settings);
        view(namespace).put(record);
      }
    },
    upsert: (namespace, records) =>
      inTurn(async () => {
        const target = await ensure(namespace);
        const distinct = [...new Map(records.map((record) => [record.id, record])).values()];
        const placed = distinct.map((record, offset) => target.records.place(record, offset));
        await writeRecords(pool, { index, namespace }, placed);
        for (const record of placed) target.put(record);
      }),
    update: (namespace, id, change) =>
      inTurn(async () => {
        const record = view(namespace).records.get(id);
        if (!record) return false;
        const changed = { ...change(record), ordinal: record.ordinal };
        await writeRecords(pool, { index, namespace }, [changed]);
        view(namespace).put(changed);
        return true;
      }),
    remove: (namespace, choose) =>
      inTurn(async () => {
        const target = view(namespace);
        const ids = new Set(choose(target).filter((id) => target.records.get(id)));
        if (ids.size === 0) return 0;
        await deleteRecords(pool, { index, namespace }, [...ids]);
        for (const id of ids) target.remove(id);
        return ids.size;
      }),
    reset: (namespace) =>
      inTurn(async () => {
        await deleteAllRecords(pool, index, namespace);
        for (const [name, target] of memory)
          if (namespace === undefined || name === namespace) target.clear();
      }),
    deleteNamespace: (namespace) =>
      inTurn(async () => {
        const wasThere = await dropNamespace(pool, index, namespace);
        memory.delete(namespace);
        return wasThere;
      }),
    renameNamespace: (from, to, deleteExisting) =>
      inTurn(async () => {
        const renamed = memory.get(from);
        if (!renamed) return "missing";
        if (from === to || (memory.has(to) && !deleteExisting)) return "taken";
        await inTransaction(pool, async (client) => {
          await dropNamespace(client, index, to);
          await renameNamespace(client, index, { from, to });
        });
        memory.delete(from);
        memory.set(to, renamed);
        return "renamed";
      }),
  };
}

/** Settings are a person's to change, records are not: those of another shape would never be found. */
function mustFit({ id, measured, sparse }: VectorRecord, settings: IndexSettings): void {
  const fits = measured?.vector.length === settings.dense?.dimension && !sparse === !settings.sparse;
  if (fits) return;
  throw new StartError(
    `The index "${settings.name}" holds records of another type or dimension than it is configured with ` +
      `(such as "${id}"). Give it its old settings back, or choose another name.`,
  );
}

/** Runs tasks one after the other, whatever became of the one before. */
function createTurns(): <Result>(task: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = last.then(task, task);
    last = result;
    return result;
  };
}
