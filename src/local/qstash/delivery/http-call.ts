import http from "node:http";
import https from "node:https";
import type { Answer, HeaderMap } from "../entities.ts";
import { addHeader } from "../wire/header-map.ts";

/** One request to a destination. */
export interface HttpRequest {
  readonly url: string;
  readonly method: string;
  readonly header: HeaderMap;
  readonly body: Buffer;
  /** Ends the call; its reason is the error of the answer. */
  readonly signal: AbortSignal;
}

/** Calls destinations over connections that are kept. */
export interface HttpCaller {
  /** Never rejects: without an answer the status is 0 and the error says why. Redirects are not followed. */
  call(request: HttpRequest): Promise<Answer>;
  /** Ends the idle connections. */
  close(): void;
}

/** How much of an answer's body is kept. */
const keptBodyBytes = 1024 * 1024;
/** Headers of the connection and not of a message: forwarded by name they would break the request, or split it in two. */
const ofConnection = new Set([
  ...["connection", "content-length", "expect", "host", "keep-alive", "proxy-connection"],
  ...["te", "trailer", "transfer-encoding", "upgrade"],
]);

/** A caller with connections of its own. It is node:http, as `fetch` adds headers that were not asked for. */
export function createHttpCaller(): HttpCaller {
  const agents = {
    "http:": new http.Agent({ keepAlive: true }),
    "https:": new https.Agent({ keepAlive: true }),
  };
  const begin = (request: HttpRequest, url: URL): http.ClientRequest =>
    url.protocol === "https:"
      ? https.request(url, { ...requestOptions(request), agent: agents["https:"] })
      : http.request(url, { ...requestOptions(request), agent: agents["http:"] });

  const once = (request: HttpRequest): Promise<Answer | "stale"> =>
    new Promise((resolve) => {
      const outgoing = begin(request, new URL(request.url));
      outgoing.on("response", (incoming) => resolve(readAnswer(incoming, request.signal)));
      outgoing.on("upgrade", (incoming, socket) => {
        socket.destroy();
        resolve(noAnswer(`the destination wants another protocol: ${incoming.statusCode}`));
      });
      // After any of the others it says nothing new.
      outgoing.on("close", () => resolve(noAnswer("the connection was closed without an answer")));
      outgoing.on("error", (error: NodeJS.ErrnoException) => {
        const aborted = request.signal.aborted;
        // A kept connection may have been closed by the other side in this very moment: not its refusal.
        if (!aborted && outgoing.reusedSocket && error.code === "ECONNRESET") resolve("stale");
        else resolve(noAnswer(aborted ? String(request.signal.reason) : reasonOf(error)));
      });
      outgoing.end(request.body);
    });

  return {
    async call(request) {
      try {
        for (;;) {
          const answer = await once(request);
          if (answer !== "stale") return answer;
        }
      } catch (error) {
        // A request that cannot even be made must end like any other that fails: it would be made again for ever.
        return noAnswer(error instanceof Error ? reasonOf(error) : String(error));
      }
    },
    close() {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

function requestOptions({ method, header, body, signal }: HttpRequest): http.RequestOptions {
  const headers: http.OutgoingHttpHeaders = Object.fromEntries(
    Object.entries(header).filter(([name]) => !ofConnection.has(name.toLowerCase())),
  );
  if (body.length > 0 || method !== "GET") headers["Content-Length"] = body.length;
  return { method, headers, signal };
}

async function readAnswer(incoming: http.IncomingMessage, signal: AbortSignal): Promise<Answer> {
  const header: HeaderMap = {};
  const { rawHeaders } = incoming;
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) {
    addHeader(header, rawHeaders[i] ?? "", rawHeaders[i + 1] ?? "");
  }
  const kept: Buffer[] = [];
  let keptBytes = 0;
  try {
    for await (const chunk of incoming) {
      if (keptBytes < keptBodyBytes) kept.push(chunk);
      keptBytes += chunk.length;
    }
  } catch (error) {
    if (signal.aborted) return noAnswer(String(signal.reason));
    return noAnswer(error instanceof Error ? reasonOf(error) : String(error));
  }
  return { status: incoming.statusCode ?? 0, header, body: Buffer.concat(kept).subarray(0, keptBodyBytes) };
}

function noAnswer(error: string): Answer {
  return { status: 0, header: {}, body: Buffer.alloc(0), error };
}

function reasonOf(error: Error): string {
  // A refused connection over several addresses has its reasons inside.
  if (error instanceof AggregateError && error.message === "") return error.errors.map(String).join("; ");
  return error.message;
}
