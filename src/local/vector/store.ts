import type { Pool } from "pg";
import type { NewRecord, VectorRecord } from "./entities.ts";
import { createNamespaceMemory, type NamespaceMemory } from "./namespace-memory.ts";
import { readRecords, writeRecords } from "./tables.ts";

/**
 * The records of the index: Postgres is what lasts, memory is what answers. Every write goes to Postgres
 * first and one at a time, so that both stay in the same order.
 */
export interface VectorStore {
  /** Brings the tables' content into memory. */
  load(): Promise<void>;
  namespaces(): ReadonlyMap<string, NamespaceMemory>;
  /** The namespace, which may be one that nobody has written to yet. */
  view(namespace: string): NamespaceMemory;
  /** Writes records whole; of two with one id the last wins. */
  upsert(namespace: string, records: readonly NewRecord[]): Promise<void>;
  /** Changes one record in place. @returns false when there is none */
  update(namespace: string, id: string, change: (record: VectorRecord) => NewRecord): Promise<boolean>;
  /** Removes the records that `choose` names. @returns how many were there */
  remove(namespace: string, choose: (view: NamespaceMemory) => readonly string[]): Promise<number>;
  /** Empties a namespace, or all of them; they stay listed. */
  reset(namespace: string | undefined): Promise<void>;
  /** @returns false when there is no such namespace */
  deleteNamespace(namespace: string): Promise<boolean>;
}

/** A store over the schema `vector` of a database. */
export function createVectorStore(pool: Pool): VectorStore {
  const memory = new Map<string, NamespaceMemory>([["", createNamespaceMemory()]]);
  const inTurn = createTurns();
  const view = (namespace: string) => memory.get(namespace) ?? createNamespaceMemory();
  const ensure = async (namespace: string) => {
    const known = memory.get(namespace);
    if (known) return known;
    await pool.query("INSERT INTO vector.namespaces VALUES ($1) ON CONFLICT DO NOTHING", [namespace]);
    const made = createNamespaceMemory();
    memory.set(namespace, made);
    return made;
  };

  return {
    namespaces: () => memory,
    view,
    async load() {
      const { rows } = await pool.query<{ name: string }>("SELECT name FROM vector.namespaces ORDER BY name");
      for (const { name } of rows) if (!memory.has(name)) memory.set(name, createNamespaceMemory());
      for await (const { namespace, record } of readRecords(pool)) view(namespace).put(record);
    },
    upsert: (namespace, records) =>
      inTurn(async () => {
        const target = await ensure(namespace);
        const distinct = [...new Map(records.map((record) => [record.id, record])).values()];
        const placed = distinct.map((record, offset) => target.place(record, offset));
        await writeRecords(pool, namespace, placed);
        for (const record of placed) target.put(record);
      }),
    update: (namespace, id, change) =>
      inTurn(async () => {
        const record = view(namespace).get(id);
        if (!record) return false;
        const changed = { ...change(record), ordinal: record.ordinal };
        await writeRecords(pool, namespace, [changed]);
        view(namespace).put(changed);
        return true;
      }),
    remove: (namespace, choose) =>
      inTurn(async () => {
        const target = view(namespace);
        const ids = new Set(choose(target).filter((id) => target.get(id)));
        if (ids.size === 0) return 0;
        const statement = "DELETE FROM vector.records WHERE namespace = $1 AND id = ANY($2)";
        await pool.query(statement, [namespace, [...ids]]);
        for (const id of ids) target.remove(id);
        return ids.size;
      }),
    reset: (namespace) =>
      inTurn(async () => {
        const statement = "DELETE FROM vector.records WHERE $1::text IS NULL OR namespace = $1";
        await pool.query(statement, [namespace ?? null]);
        for (const [name, target] of memory)
          if (namespace === undefined || name === namespace) target.clear();
      }),
    deleteNamespace: (namespace) =>
      inTurn(async () => {
        const { rowCount } = await pool.query("DELETE FROM vector.namespaces WHERE name = $1", [namespace]);
        memory.delete(namespace);
        return rowCount === 1;
      }),
  };
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
