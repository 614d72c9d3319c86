import { renameBody } from "../bodies.ts";
import { typeOf } from "../index-settings.ts";
import { VectorError } from "../vector-error.ts";
import { type Command, parseBody } from "./command.ts";

/** What the service keeps beside the numbers of a record, roughly: for `indexSize` alone. */
const recordOverheadBytes = 64;

/** `info`: sizes and settings. */
export const info: Command = async ({ index }) => {
  const { dense, sparse } = index.settings;
  const namespaces = [...index.store.namespaces()];
  const vectorCount = namespaces.reduce((sum, [, { records }]) => sum + records.size, 0);
  const vectorBytes = (dense?.dimension ?? 0) * Float32Array.BYTES_PER_ELEMENT;
  return {
    vectorCount,
    pendingVectorCount: 0,
    indexSize: vectorCount * (vectorBytes + recordOverheadBytes),
    dimension: dense?.dimension ?? 0,
    similarityFunction: dense?.similarityFunction ?? "",
    indexType: typeOf(index.settings),
    ...(dense && { denseIndex: { ...dense, embeddingModel: dense.embeddingModel ?? "" } }),
    ...(sparse && { sparseIndex: { embeddingModel: sparse.embeddingModel ?? "" } }),
    namespaces: Object.fromEntries(
      namespaces.map(([name, { records }]) => [name, { vectorCount: records.size, pendingVectorCount: 0 }]),
    ),
  };
};

/** `reset`, and `reset?all`: namespaces stay listed. */
export const reset: Command = async ({ index, namespace, all }) => {
  await index.store.reset(all ? undefined : namespace);
  return "Success";
};

/** `list-namespaces`: the default one is among them. */
export const listNamespaces: Command = async ({ index }) => [...index.store.namespaces().keys()];

/** `delete-namespace`: the default one cannot go. */
export const deleteNamespace: Command = async ({ index, namespace }) => {
  if (namespace === "") throw new VectorError(422, "The default namespace cannot be deleted");
  if (await index.store.deleteNamespace(namespace)) return "Success";
  throw new VectorError(404, `Namespace ${namespace} for the index ${index.settings.name} does not exist`);
};

/** `rename-namespace`: nothing is renamed when there is no such namespace; the default one keeps its name. */
export const renameNamespace: Command = async ({ index, body }) => {
  const { namespace, newNamespace, deleteExisting } = parseBody(renameBody, body);
  if (namespace === "") throw new VectorError(422, "The default namespace cannot be renamed");
  if (newNamespace === "") throw new VectorError(422, "A namespace cannot take the place of the default one");
  const outcome = await index.store.renameNamespace(namespace, newNamespace, deleteExisting);
  if (outcome !== "taken") return { renamed: outcome === "renamed" };
  throw new VectorError(422, `Namespace ${newNamespace} for the index ${index.settings.name} already exists`);
};
