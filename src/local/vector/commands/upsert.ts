import { updateBody, upsertDataItem, upsertItem } from "../bodies.ts";
import type { Vectors } from "../embedding/embed-text.ts";
import type { NewRecord, VectorRecord } from "../entities.ts";
import { mergePatch } from "../merge-patch.ts";
import type { OpenIndex } from "../open-index.ts";
import { measure } from "../similarity.ts";
import {
  acceptVectors,
  type Command,
  type CommandInput,
  parseBody,
  parseItems,
  requireVectors,
} from "./command.ts";

/** `upsert`: each record replaces the one with its id. */
export const upsert: Command = (input) => {
  const { settings } = input.index;
  const items = parseItems(upsertItem, input.body);
  return write(
    input,
    items.map((item) => toRecord(item, requireVectors(item, settings))),
  );
};

/** `upsert-data`: the same for texts, which the index embeds. */
export const upsertData: Command = (input) => {
  const items = parseItems(upsertDataItem, input.body);
  return write(
    input,
    items.map((item) => toRecord(item, input.index.embedder.document(item.data))),
  );
};

/** `update`: what is given replaces what was there; metadata may be patched. */
export const update: Command = async ({ index, namespace, body, count }) => {
  const change = parseBody(updateBody, body);
  const vectors = changedVectors(change, index);
  const updated = await index.store.update(namespace, change.id, (record) => ({
    ...withVectors(record, vectors),
    metadata: changedMetadata(change, record),
    data: change.data ?? record.data,
  }));
  await count("writes", 1);
  return { updated: updated ? 1 : 0 };
};

async function write(
  { index, namespace, count }: CommandInput,
  records: readonly NewRecord[],
): Promise<string> {
  await index.store.upsert(namespace, records);
  await count("writes", records.length);
  return "Success";
}

interface WrittenItem {
  readonly id: string;
  readonly metadata?: NewRecord["metadata"] | null;
  readonly data?: string | null | undefined;
}

function toRecord(item: WrittenItem, { dense, sparse }: Vectors): NewRecord {
  return {
    id: item.id,
    measured: dense && measure(dense),
    sparse,
    metadata: item.metadata ?? undefined,
    data: item.data ?? undefined,
  };
}

type Change = ReturnType<typeof updateBody.parse>;

/** The vectors that take the old ones' place: those given, or else those of new data; of both sides or none. */
function changedVectors(change: Change, { settings, embedder }: OpenIndex): Vectors {
  const { dense, sparse } = acceptVectors(change, settings);
  if (dense || sparse) return requireVectors(change, settings);
  return change.data != null && embedder.embedsDocuments ? embedder.document(change.data) : {};
}

function withVectors(
  record: VectorRecord,
  { dense, sparse }: Vectors,
): Pick<NewRecord, "id" | "measured" | "sparse"> {
  return {
    id: record.id,
    measured: dense ? measure(dense) : record.measured,
    sparse: sparse ?? record.sparse,
  };
}

function changedMetadata(
  { metadata, metadataUpdateMode }: Change,
  record: VectorRecord,
): NewRecord["metadata"] {
  if (!metadata) return record.metadata;
  return metadataUpdateMode === "PATCH" ? mergePatch(record.metadata ?? {}, metadata) : metadata;
}
