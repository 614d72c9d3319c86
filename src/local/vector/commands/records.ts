import { pickIndex } from "../../../kernel/ids.ts";
import { deleteBody, fetchBody, rangeBody } from "../bodies.ts";
import { matchesFilter } from "../filter/matches-filter.ts";
import { presentRecord } from "../present-record.ts";
import { VectorError } from "../vector-error.ts";
import { type Command, parseBody, readFilter } from "./command.ts";

const maxByPrefix = 1000;

/** `fetch`: by ids in their order, null for a missing one, or by prefix. */
export const fetchRecords: Command = async ({ index, namespace, body, count }) => {
  const request = parseBody(fetchBody, Array.isArray(body) ? { ids: body } : body);
  const { ids, prefix } = request;
  if ((ids == null) === (prefix == null)) {
    throw new VectorError(422, "Only one of ids or prefix must be provided.");
  }
  const { records: stored } = index.store.view(namespace);
  const records = ids
    ? ids.map((id) => stored.get(id))
    : stored.page({ ordinal: 0, limit: maxByPrefix, prefix: prefix ?? "" }).records;
  // Before anything is waited for: a record's vector is a view, which another may lie in by then.
  const presented = records.map((record) => (record ? presentRecord(record, request) : null));
  await count("reads", records.length);
  return presented;
};

/** `range`: page by page in the order of insertion. */
export const range: Command = async ({ index, namespace, body, count }) => {
  const { cursor, limit, prefix, ...include } = parseBody(rangeBody, body);
  const ordinal = Number(cursor);
  if (!Number.isInteger(ordinal) || ordinal < 0) throw new VectorError(422, `Invalid cursor: ${cursor}`);
  const { records, next } = index.store
    .view(namespace)
    .records.page({ ordinal, limit, prefix: prefix ?? "" });
  const vectors = records.map((record) => presentRecord(record, include));
  await count("reads", records.length);
  return { nextCursor: next === undefined ? "" : String(next), vectors };
};

/** `random`: any record with its vectors, or null when there is none. */
export const random: Command = async ({ index, namespace, count }) => {
  const { records } = index.store.view(namespace);
  const ids = records.idsWhere(() => true);
  const record = ids.length === 0 ? undefined : records.get(ids[pickIndex(ids.length)] ?? "");
  const presented = record
    ? presentRecord(record, { includeVectors: true, includeMetadata: false, includeData: false })
    : null;
  await count("reads", 1);
  return presented;
};

/** `delete`: by ids, by prefix or by filter. */
export const remove: Command = async ({ index, namespace, body, count }) => {
  const request = parseBody(deleteBody, Array.isArray(body) ? { ids: body } : body);
  const { ids, prefix } = request;
  // An empty prefix or filter names nothing: taken at its word it would delete every record.
  const given = [ids, prefix, request.filter].filter((value) => value !== "" && value != null);
  if (given.length !== 1) {
    throw new VectorError(422, "Only and only one of the ids, prefix, or filter must be provided.");
  }
  const filter = readFilter(request.filter);
  const deleted = await index.store.remove(namespace, ({ records }) => {
    if (ids) return ids;
    return records.idsWhere(
      (record) =>
        (!prefix || record.id.startsWith(prefix)) && (!filter || matchesFilter(filter, record.metadata)),
    );
  });
  await count("writes", Math.max(1, ids?.length ?? deleted));
  return { deleted };
};
