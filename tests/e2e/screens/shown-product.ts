import { readFile } from "node:fs/promises";
import { parseEnv } from "node:util";
import type { Browser, BrowserContext } from "playwright";
import { z } from "zod";
import { joinAs } from "../signed-in.ts";
import type { Ids } from "./pages.ts";

const settingsSchema = z.object({ WAYBILL_URL: z.string(), WAYBILL_API_KEY: z.string() });
const listSchema = z.object({ items: z.array(z.object({ id: z.string() })) });

/** A product of which pictures are taken. */
export interface ShownProduct {
  readonly url: string;
  /** Signed in as an admin. */
  readonly context: BrowserContext;
}

/**
 * Signs a browser in as an admin whom the key of a running product invites: a key alone has no page of its own.
 * @param envPath the product's `local.env`
 */
export async function showProduct(browser: Browser, envPath: string): Promise<ShownProduct> {
  const { WAYBILL_URL: url, WAYBILL_API_KEY: apiKey } = settingsSchema.parse(
    parseEnv(await readFile(envPath, "utf8")),
  );
  const context = await browser.newContext({ baseURL: url });
  await joinAs({ url, apiKey }, context, "admin");
  return { url, context };
}

/** What there is to be shown. Where no plan is there, one is made of what stands failed: it does nothing. */
export async function idsOf({ url, context }: ShownProduct): Promise<Ids> {
  const first = async (path: string) => {
    const answer = await context.request.get(path);
    return listSchema.parse(await answer.json()).items[0]?.id;
  };
  const file = (status: string) => first(`/api/v1/files?status=${status}&limit=1`);
  const selection = { kind: "filter", filter: { status: ["failed"] } };
  const made = await context.request.post("/api/v1/plans", { data: { selection }, headers: { origin: url } });
  return {
    failure: await first("/api/v1/failures?sort=files&limit=1"),
    plan: z.object({ id: z.string() }).safeParse(await made.json()).data?.id,
    requeue: await first("/api/v1/requeues?limit=1"),
    succeeded: (await first("/api/v1/files?status=succeeded&q=pdf&limit=1")) ?? (await file("succeeded")),
    failed: await file("failed"),
    running: await file("running"),
    held: await file("held"),
  };
}
