import { once } from "node:events";
import { createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { sampleTime } from "../../tests/support/console/sample-time.ts";
import type { SampleTrace } from "../../tests/support/console/sample-trace.ts";

/** A server before the product that answers for the traces of some files itself. */
export interface SampledServer {
  readonly url: string;
  close(): void;
}

/**
 * Passes everything on to the product, but for what the console asks about the files in `traces`: so a browser
 * reads a large trace as fast as a server can send it. Pages are written out before they are asked for.
 */
export async function startSampledServer(
  productUrl: string,
  traces: ReadonlyMap<string, SampleTrace>,
  spansPerPage = 10_000,
): Promise<SampledServer> {
  const answers = new Map([...traces].flatMap(([id, trace]) => answersOf(id, trace, spansPerPage)));
  const server = createServer((incoming, response) => {
    const url = new URL(incoming.url ?? "/", productUrl);
    const part = url.searchParams.get("run") ?? url.searchParams.get("cursor") ?? "0";
    const answer = answers.get(url.pathname) ?? answers.get(`${url.pathname}@${part}`);
    if (answer !== undefined) return sendJson(response, answer);
    const passed = request(url, { method: incoming.method, headers: incoming.headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    passed.on("error", () => response.destroy());
    incoming.pipe(passed);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { url: `http://127.0.0.1:${portOf(server.address())}`, close: () => server.close() };
}

function answersOf(id: string, trace: SampleTrace, spansPerPage: number): [string, string][] {
  const path = `/api/v1/files/${id}`;
  const answers: [string, string][] = [[path, JSON.stringify({ ...trace.file, id })]];
  for (const run of trace.file.runHistory)
    answers.push([`${path}/time@${run.number}`, JSON.stringify(sampleTime(run))]);
  for (let from = 0; from < trace.spans.length; from += spansPerPage) {
    const to = from + spansPerPage;
    const items = trace.spans.slice(from, to);
    const nextCursor = to < trace.spans.length ? String(to) : null;
    answers.push([`${path}/trace@${from}`, JSON.stringify({ items, nextCursor })]);
  }
  return answers;
}

function sendJson(response: ServerResponse, body: string): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(body);
}

function portOf(address: AddressInfo | string | null): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
