import { z } from "zod";
import { type Answered, answered, askJson } from "./answered.ts";
import { cutList } from "./cut-list.ts";
import type { InspectedIndex } from "./inspected.ts";

const infoSchema = z.object({
  result: z.object({
    vectorCount: z.number(),
    dimension: z.number(),
    similarityFunction: z.string().optional(),
    indexType: z.string().optional(),
    namespaces: z.record(z.string(), z.object({ vectorCount: z.number() })),
  }),
});

/** What each index of Vector holds. */
export function readIndexes(indexes: readonly InspectedIndex[]): Promise<IndexState[]> {
  return Promise.all(
    indexes.map(async ({ name, url, token }) => ({
      name,
      info: await answered((signal) => readIndex(url, { signal, token })),
    })),
  );
}

async function readIndex(url: string, init: { signal: AbortSignal; token: string }) {
  const { result } = await askJson(`${url}/info`, infoSchema, init);
  const namespaces = Object.entries(result.namespaces)
    .map(([name, { vectorCount }]) => ({ name, vectorCount }))
    .sort((a, b) => b.vectorCount - a.vectorCount);
  return { ...result, namespaces: cutList(namespaces) };
}

/** An index: what it holds, or why it does not tell. */
interface IndexState {
  readonly name: string;
  readonly info: Answered<Awaited<ReturnType<typeof readIndex>>>;
}
