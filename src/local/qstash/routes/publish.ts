import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { z } from "zod";
import type { ServerBindings } from "../../kit/listen.ts";
import { nowMs, type QstashContext } from "../context.ts";
import { refusal } from "../refusal.ts";
import { isUrl } from "../store/resolve-destination.ts";
import type { Publication, TakenIn } from "../store/take-in-messages.ts";
import { makeHeaders, readAddressed } from "../wire/raw-destination.ts";
import { bodyOf, checkBodySize, checkName } from "../wire/request.ts";
import { createQueueRoom } from "./plan-limits.ts";
import { type PublishContext, type PublishRequest, readPublications } from "./read-publications.ts";

const itemSchema = z.object({
  destination: z.string().default(""),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().optional(),
  queue: z.string().optional(),
});

/** What is answered for one item: of a URL an object, of a URL group a list, of a bad one its error. */
type ItemAnswer = MessageAnswer | MessageAnswer[] | { error: string };

interface MessageAnswer {
  readonly messageId: string;
  readonly url?: string;
  readonly deduplicated?: true;
}

/** An item whose messages are to be published, or why they are not. */
type Item =
  | { readonly destination: string; readonly publications: Publication[] }
  | { readonly error: string };

/** `POST /v2/publish`, `/v2/enqueue` and `/v2/batch`. */
export function publishRoutes(ctx: QstashContext): Hono<ServerBindings> {
  return new Hono<ServerBindings>()
    .post("/v2/publish/*", async (c) => {
      const request = {
        ...readAddressed(c, /\/v2\/publish\//),
        body: await bodyOf(c, ctx.options),
        queueName: undefined,
        callerIp: c.env?.incoming?.socket.remoteAddress,
      };
      return answerOne(await publishOne(ctx, request));
    })
    .post("/v2/enqueue/:queue/*", async (c) => {
      const queueName = checkName(c.req.param("queue"), "queue name");
      const request = {
        ...readAddressed(c, /\/v2\/enqueue\/[^/]*\//),
        body: await bodyOf(c, ctx.options),
        queueName,
        callerIp: c.env?.incoming?.socket.remoteAddress,
      };
      return answerOne(await publishOne(ctx, request));
    })
    .post("/v2/batch", async (c) => {
      const batch = z.array(z.unknown()).safeParse(await c.req.json().catch(() => undefined));
      if (!batch.success) throw refusal(400, `invalid batch: ${z.prettifyError(batch.error)}`);
      const callerIp = c.env?.incoming?.socket.remoteAddress;
      return c.json(await publishBatch(ctx, batch.data, callerIp));
    });
}

async function publishOne(ctx: QstashContext, request: PublishRequest): Promise<ItemAnswer> {
  const publications = await readPublications(ctx.pool, request, publishContext(ctx));
  const published = await ctx.takeIn(publications);
  return itemAnswer(request.destination, publications, published);
}

/** All good items go in together, so that a batch costs little more than one message. */
async function publishBatch(
  ctx: QstashContext,
  batch: readonly unknown[],
  callerIp: string | undefined,
): Promise<ItemAnswer[]> {
  const context = publishContext(ctx);
  const items: Item[] = [];
  for (const item of batch) items.push(await readItem(ctx, item, callerIp, context));
  const all = items.flatMap((item) => ("error" in item ? [] : item.publications));
  const published = await ctx.takeIn(all);
  let next = 0;
  return items.map((item) => {
    if ("error" in item) return item;
    const own = published.slice(next, next + item.publications.length);
    next += own.length;
    return itemAnswer(item.destination, item.publications, own);
  });
}

/** Whatever is wrong with an item is told of in its place: it must not spoil the others. */
async function readItem(
  ctx: QstashContext,
  given: unknown,
  callerIp: string | undefined,
  context: PublishContext,
): Promise<Item> {
  const parsed = itemSchema.safeParse(given);
  if (!parsed.success) return { error: `invalid item: ${z.prettifyError(parsed.error)}` };
  const item = parsed.data;
  try {
    const queueName = item.queue === undefined ? undefined : checkName(item.queue, "queue name");
    const body = Buffer.from(item.body ?? "", "utf8");
    checkBodySize(body, ctx.options);
    const request = {
      destination: item.destination,
      headers: makeHeaders(Object.entries(item.headers)),
      body,
      queueName,
      callerIp,
    };
    const publications = await readPublications(ctx.pool, request, context);
    return { destination: item.destination, publications };
  } catch (error) {
    if (error instanceof HTTPException) return { error: error.message };
    throw error;
  }
}

function publishContext(ctx: QstashContext): PublishContext {
  return { options: ctx.options, queueRoom: createQueueRoom(ctx.pool, ctx.options), nowMs: nowMs(ctx) };
}

function itemAnswer(
  destination: string,
  publications: readonly Publication[],
  published: readonly TakenIn[],
): ItemAnswer {
  const answers = published.map(({ messageId, deduplicated }, index) => ({
    messageId,
    ...(!isUrl(destination) && { url: publications[index]?.spec.url ?? "" }),
    ...(deduplicated && { deduplicated: true as const }),
  }));
  const [only] = answers;
  return isUrl(destination) && only ? only : answers;
}

function answerOne(answer: ItemAnswer): Response {
  const answers = Array.isArray(answer) ? answer : [answer];
  const allKnown = answers.every((one) => "deduplicated" in one && one.deduplicated);
  return Response.json(answer, { status: allKnown ? 202 : 200 });
}
