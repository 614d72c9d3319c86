import { Hono } from "hono";
import { type Listener, listen } from "../../../src/local/kit/listen.ts";
import { needs } from "../target.ts";

/** A request that reached the destination. */
export interface Received {
  readonly method: string;
  /** Path and query below the destination's URL, as they were sent. */
  readonly path: string;
  readonly headers: Headers;
  readonly body: string;
  readonly bytes: Buffer;
}

/** What the destination answers; a function may hold the answer back. */
type Answer = ResponseInit & { body?: string | Uint8Array<ArrayBuffer> };
type Answering = Answer | ((request: Received) => Promise<Answer>);

/** A destination that remembers what reached it and answers by script. */
export interface Destination {
  readonly url: string;
  readonly received: readonly Received[];
  /** The next answers to a path (without its query), in turn; the last one stays. Unscripted paths answer 200. */
  answer(path: string, ...answers: Answering[]): void;
  /** The `count`-th request to a path, from 1; waits for it. */
  request(path: string, count?: number): Promise<Received>;
  /** How many requests reached a path so far. */
  count(path: string): number;
  close(): Promise<void>;
}

/**
 * Serves a destination.
 * @param prefix the first part of its paths: what reaches others is answered and forgotten
 * @param reachedAt the URL from which requests are forwarded to the port; by default a free port's own
 */
export async function startDestination(
  prefix: string,
  reachedAt?: { url: string; port: number },
): Promise<Destination> {
  const received: Received[] = [];
  const scripts = new Map<string, Answering[]>();
  let waiting: (() => void)[] = [];
  const app = new Hono().all("*", async (c) => {
    const request = await record(c.req.raw, prefix);
    if (!request) return c.body(null);
    received.push(request);
    for (const wake of waiting.splice(0)) wake();
    const script = scripts.get(pathOf(request)) ?? [];
    const next = script.length > 1 ? script.shift() : script[0];
    const answer = typeof next === "function" ? await next(request) : (next ?? {});
    return new Response(answer.body ?? null, answer);
  });
  const listener: Listener = await listen(app, reachedAt?.port ?? 0);
  const to = (path: string) => received.filter((request) => pathOf(request) === path);
  return {
    url: `${(reachedAt?.url ?? listener.url).replace(/\/+$/, "")}/${prefix}`,
    received,
    answer: (path, ...answers) => scripts.set(path, answers),
    count: (path) => to(path).length,
    async request(path, count = 1) {
      for (;;) {
        const request = to(path)[count - 1];
        if (request) return request;
        await new Promise<void>((wake) => waiting.push(wake));
      }
    },
    async close() {
      waiting = [];
      await listener.close();
    },
  };
}

/** A destination that no service can reach: messages that are never to be delivered may name it. */
export function unreachedDestination(prefix: string): Destination {
  const unreached = (): never => {
    needs("destination");
    throw new Error("Nothing is forwarded to this destination.");
  };
  return {
    url: `https://example.com/${prefix}`,
    get received() {
      return unreached();
    },
    answer: unreached,
    request: unreached,
    count: unreached,
    close: async () => undefined,
  };
}

async function record(request: Request, prefix: string): Promise<Received | undefined> {
  const bytes = Buffer.from(await request.arrayBuffer());
  const [, path] = request.url.split(`/${prefix}`);
  if (path === undefined) return undefined;
  return {
    method: request.method,
    path,
    headers: request.headers,
    body: bytes.toString("utf8"),
    bytes,
  };
}

function pathOf(request: Received): string {
  return request.path.split("?")[0] ?? request.path;
}
