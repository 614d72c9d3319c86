import type { Context, MiddlewareHandler } from "hono";
import type { ApiContext } from "./context.ts";

/**
 * The first words of the paths whose answers are the same for everybody who may read them. What is not named here is
 * worked out for each caller: what depends on who asks, what is paid for, what is streamed.
 */
export const shared: ReadonlySet<string> = new Set([
  "budgets",
  "costs",
  "dashboards",
  "dead-letters",
  "failures",
  "files",
  "graph-versions",
  "ledger",
  "overview",
  "plans",
  "prices",
  "projects",
  "providers",
  "queue",
  "reconciliations",
  "requeues",
  "services",
  "step-figures",
  "stuck",
]);

/** Paths that are no JSON. */
const notJson = /\.csv$|\/picture$/;

/**
 * Answers a question that was asked a moment ago, by anybody, with what was answered then; everything that is done
 * by this API forgets all answers. It must come after what tells who asks and what they may.
 */
export function shareAnswers({ answers }: Pick<ApiContext, "answers">): MiddlewareHandler {
  return async (c, next) => {
    if (c.req.method !== "GET") {
      try {
        return await next();
      } finally {
        answers.clear();
      }
    }
    const key = keyOf(c);
    if (key === null) return next();
    let own = false;
    const afresh = c.req.header("cache-control") === "no-cache";
    const answer = await answers.get(key, afresh, async () => {
      own = true;
      await next();
      return toShared(c.res);
    });
    if (own) return;
    if (answer === null) return next();
    const headers = { "Content-Type": answer.contentType };
    return new Response(answer.body, { status: answer.status, headers });
  };
}

/** The path with its parameters in one order; null for what is not shared. */
function keyOf(c: Context): string | null {
  const { pathname, searchParams } = new URL(c.req.url);
  const [, word = ""] = /^\/api\/v1\/([\w-]+)/.exec(pathname) ?? [];
  if (!shared.has(word) || notJson.test(pathname) || searchParams.has("format")) return null;
  searchParams.sort();
  return `${pathname}?${searchParams}`;
}

async function toShared(response: Response) {
  const contentType = response.headers.get("content-type") ?? "";
  if (!contentType.startsWith("application/json")) return null;
  return { status: response.status, contentType, body: await response.clone().text() };
}
