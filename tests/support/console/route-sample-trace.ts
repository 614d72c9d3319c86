import type { Page, Route } from "playwright";
import { sampleTime } from "./sample-time.ts";
import type { SampleTrace } from "./sample-trace.ts";

/** The id of the file that `routeSampleTrace` answers for. */
export const sampledFileId = "file_1";

/**
 * Answers what the file page asks about a sample trace in the server's place. The trace is taken anew for each
 * question, so that a test can let it grow.
 */
export async function routeSampleTrace(page: Page, trace: () => SampleTrace): Promise<void> {
  const base = `**/api/v1/files/${sampledFileId}`;
  await page.route(base, (route) => route.fulfill({ json: trace().file }));
  await page.route(`${base}/trace?*`, (route) => route.fulfill({ json: pageOf(trace(), route) }));
  await page.route(`${base}/trace/search?*`, (route) => {
    const word = new URL(route.request().url()).searchParams.get("q") ?? "";
    const spanIds = trace().spans.filter((span) => attributesOf(span.spanId).includes(word));
    return route.fulfill({ json: { spanIds: spanIds.map(({ spanId }) => spanId), capped: false } });
  });
  await page.route(`${base}/spans/*`, (route) => {
    const id = new URL(route.request().url()).pathname.split("/").at(-1);
    const span = trace().spans.find(({ spanId }) => spanId === id);
    if (span === undefined)
      return route.fulfill({
        status: 404,
        json: { error: { code: "span_not_found", message: "No such span." } },
      });
    const attributes = { "messaging.message.id": attributesOf(span.spanId) };
    return route.fulfill({ json: { ...span, attributes, events: [] } });
  });
  await page.route(`${base}/time?*`, (route) => {
    const number = Number(new URL(route.request().url()).searchParams.get("run"));
    const run = trace().file.runHistory.find((each) => each.number === number);
    return run ? route.fulfill({ json: sampleTime(run) }) : route.fulfill({ status: 404 });
  });
}

/** What the search of the server finds a span by. */
function attributesOf(spanId: string): string {
  return `msg-${spanId}`;
}

function pageOf(trace: SampleTrace, route: Route): { items: unknown[]; nextCursor: string | null } {
  const query = new URL(route.request().url()).searchParams;
  const from = Number(query.get("cursor") ?? 0);
  const to = from + Number(query.get("limit"));
  return { items: trace.spans.slice(from, to), nextCursor: to < trace.spans.length ? String(to) : null };
}
