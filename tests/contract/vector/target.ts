import { Index } from "@upstash/vector";
import { afterAll, beforeAll, beforeEach, expect, vi } from "vitest";
import { createVector } from "../../../src/local/vector/create-vector.ts";
import { defaultIndexName, type IndexSettings } from "../../../src/local/vector/index-settings.ts";
import { serveStandIn } from "../../support/stand-in.ts";
import { credential, remote } from "../remote-target.ts";
import { needs, skipTest, uniquePrefix } from "../target.ts";

/** What an index must be for a test, its name aside. */
export type IndexKind = Omit<IndexSettings, "name">;

/** The index that is being tested. */
export interface VectorTarget {
  readonly url: string;
  readonly token: string;
  /** The official SDK, speaking to it. Its default namespace needs("exclusive account"). */
  readonly index: Index;
  /** The name of a namespace that nobody else has; others begin with it too, and are removed afterwards. */
  readonly namespace: string;
  /** That namespace. */
  readonly own: ReturnType<Index["namespace"]>;
  /** Calls it without the SDK, authorised. */
  call(path: string, body: unknown): Promise<Response>;
  /** Resolves once what was written can be queried: a service indexes after it has answered. */
  settled(): Promise<void>;
  /** Stops it and starts it again; needs("restart"). */
  restart(): Promise<void>;
  /** Moves its clock ahead; needs("clock"). */
  advance(byMs: number): void;
  close(): Promise<void>;
}

/**
 * An index for the tests of a file or a `describe`: opened before them, emptied after them. They are skipped
 * when the index at the URL is of another kind.
 * @param seed fills it before the first test
 */
export function sharedIndex(
  kind: IndexKind,
  seed: (target: VectorTarget) => Promise<unknown> = async () => undefined,
): { readonly target: VectorTarget } {
  let target: VectorTarget | undefined;
  let misfit: string | undefined;
  beforeAll(async () => {
    misfit = await misfitOf(kind);
    if (misfit !== undefined) return;
    target = await openTarget(kind);
    await seed(target);
    await target.settled();
  });
  beforeEach(() => {
    if (misfit !== undefined) skipTest(misfit);
  });
  afterAll(() => target?.close());
  return {
    get target() {
      if (!target) throw new Error("The index is not open: ask for it in a test.");
      return target;
    },
  };
}

/** Opens an index within a test, which is skipped when the index at the URL is of another kind. */
export async function openIndex(kind: IndexKind): Promise<VectorTarget> {
  const misfit = await misfitOf(kind);
  return misfit === undefined ? openTarget(kind) : skipTest(misfit);
}

/** What the wanted index has that the one at the URL has not. */
async function misfitOf(kind: IndexKind): Promise<string | undefined> {
  if (!remote) return undefined;
  const index = new Index({ url: remote.url, token: credential("UPSTASH_VECTOR_REST_TOKEN") });
  const { denseIndex, sparseIndex } = await index.info();
  const wanted = describeKind(kind);
  return describeKind({ dense: denseIndex, sparse: sparseIndex }) === wanted
    ? undefined
    : `needs an index of this kind: ${wanted}`;
}

type Embedding = { readonly embeddingModel?: string | undefined };

/** A kind in words. Which model embeds is the service's own; whether one does is part of the kind. */
function describeKind(kind: {
  readonly dense?: (Embedding & { dimension: number; similarityFunction: string }) | undefined;
  readonly sparse?: Embedding | undefined;
}): string {
  const models = (side: Embedding) => (side.embeddingModel ? "with" : "without");
  const { dense, sparse } = kind;
  const sides = [
    ...(dense
      ? [`dense ${dense.dimension} ${dense.similarityFunction} ${models(dense)} an embedding model`]
      : []),
    ...(sparse ? [`sparse ${models(sparse)} an embedding model`] : []),
  ];
  return sides.join(", ");
}

function openTarget(kind: IndexKind): Promise<VectorTarget> {
  return remote ? reachIndex(remote.url) : startStandIn(kind);
}

async function reachIndex(url: string): Promise<VectorTarget> {
  const speaking = speak(url, credential("UPSTASH_VECTOR_REST_TOKEN"));
  return {
    ...speaking,
    restart: async () => needs("restart"),
    advance: () => needs("clock"),
    async close() {
      for (const name of await speaking.index.listNamespaces()) {
        if (name.startsWith(speaking.namespace)) await speaking.index.deleteNamespace(name);
      }
    },
  };
}

async function startStandIn(kind: IndexKind): Promise<VectorTarget> {
  const token = "vector-token";
  const indexes = [{ name: defaultIndexName, ...kind }];
  const standIn = await serveStandIn((parts) => createVector({ ...parts, token, indexes, control: true }));
  return {
    ...speak(standIn.url, token),
    restart: standIn.restart,
    advance: (byMs) => standIn.clock.advance(byMs),
    close: standIn.stop,
  };
}

function speak(url: string, token: string): Omit<VectorTarget, "restart" | "advance" | "close"> {
  const index = new Index({ url, token, retry: false });
  const namespace = uniquePrefix();
  return {
    url,
    token,
    index,
    namespace,
    own: index.namespace(namespace),
    call: (path, body) =>
      fetch(`${url}${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      }),
    async settled() {
      const look = async () => expect((await index.info()).pendingVectorCount).toBe(0);
      await vi.waitFor(look, { timeout: 30_000, interval: 100 });
    },
  };
}
