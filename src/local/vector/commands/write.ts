import { deleteBody, type NewRecord, updateBody, upsertBody, type VectorRecord } from "../entities.ts";
import { matchesFilter } from "../filter/matches-filter.ts";
import { mergePatch } from "../merge-patch.ts";
import { measure } from "../similarity.ts";
import { VectorError } from "../vector-error.ts";
import { type Command, parseBody, readFilter, requireVector } from "./command.ts";

/** `upsert`: each record replaces the one with its id. */
export const upsert: Command = async ({ store, settings, namespace, body, count }) => {
  const records = parseBody(upsertBody, body).map(
    (item): NewRecord => ({
      id: item.id,
      measured: measure(requireVector(item, settings)),
      metadata: item.metadata ?? undefined,
      data: item.data ?? undefined,
    }),
  );
  await store.upsert(namespace, records);
  await count("writes", records.length);
  return "Success";
};

/** `update`: what is given replaces what was there; metadata may be patched. */
export const update: Command = async ({ store, settings, namespace, body, count }) => {
  const change = parseBody(updateBody, body);
  if (change.sparseVector != null || change.vector) requireVector(change, settings);
  const updated = await store.update(namespace, change.id, (record) => ({
    id: record.id,
    measured: change.vector ? measure(change.vector) : record.measured,
    metadata: change.metadata
      ? change.metadataUpdateMode === "PATCH"
        ? mergePatch(record.metadata ?? {}, change.metadata)
        : change.metadata
      : record.metadata,
    data: change.data ?? record.data,
  }));
  await count("writes", 1);
  return { updated: updated ? 1 : 0 };
};

/** `delete`: by ids, by prefix or by filter. */
export const remove: Command = async ({ store, namespace, body, count }) => {
  const request = parseBody(deleteBody, body);
  const { ids, prefix } = request;
  const given = [ids, prefix, request.filter].filter((value) => value !== undefined && value !== null);
  if (given.length !== 1) {
    throw new VectorError(422, "Only and only one of the ids, prefix, or filter must be provided.");
  }
  const filter = readFilter(request.filter);
  const deleted = await store.remove(namespace, (view) => {
    if (ids) return ids;
    return view.idsWhere(
      (record: VectorRecord) =>
        (prefix == null || record.id.startsWith(prefix)) &&
        (!filter || matchesFilter(filter, record.metadata)),
    );
  });
  await count("writes", 1);
  return { deleted };
};

/** `reset`, and `reset?all`: namespaces stay listed. */
export const reset: Command = async ({ store, namespace, all }) => {
  await store.reset(all ? undefined : namespace);
  return "Success";
};

/** `delete-namespace`: the default one cannot go. */
export const deleteNamespace: Command = async ({ store, namespace }) => {
  if (namespace === "") throw new VectorError(422, "The default namespace cannot be deleted");
  if (await store.deleteNamespace(namespace)) return "Success";
  throw new VectorError(404, `Namespace ${namespace} for the index waybill-local does not exist`);
};
