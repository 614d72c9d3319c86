import { afterAll, beforeAll, expect, test } from "vitest";
import { createApi } from "../../../src/api/create-api.ts";
import { shared } from "../../../src/api/share-answers.ts";
import { createSharedAnswers } from "../../../src/api/shared-answers.ts";
import type { Db } from "../../../src/db/client.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;
beforeAll(async () => {
  api = await serveApi({ WAYBILL_SHARED_ANSWERS_MS: "2000" });
});
afterAll(() => api.stop());

/** What a page of the console asks again and again. */
const polled = [
  "/api/v1/failures?limit=50&sort=last-seen",
  "/api/v1/stuck?limit=50",
  "/api/v1/budgets?limit=500",
];

/** An API of its own whose statements are counted: each way in which a verb asks the database. */
function countedApi() {
  let statements = 0;
  const asking: ReadonlySet<PropertyKey> = new Set(["select", "selectDistinct", "execute", "transaction"]);
  const db = new Proxy<Db>(api.ctx.db, {
    get(target, name, receiver) {
      if (asking.has(name)) statements += 1;
      return Reflect.get(target, name, receiver);
    },
  });
  const answers = createSharedAnswers({ clock: api.clock, lifeMs: 2_000 });
  const counted = createApi({ ...api.ctx, db, answers });
  return {
    read: async (path: string, headers: Record<string, string> = {}) =>
      counted.request(path, { headers: { authorization: `Bearer ${api.key}`, ...headers } }),
    send: async (path: string, body: unknown) =>
      counted.request(path, {
        method: "POST",
        headers: { authorization: `Bearer ${api.key}`, "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    /** Statements of what was done meanwhile. */
    async during(deed: () => Promise<unknown>): Promise<number> {
      const before = statements;
      await deed();
      return statements - before;
    },
  };
}

test("fifty viewers of a page cost the database what one costs", async () => {
  const { read, during } = countedApi();
  const rounds = 4;
  const poll = async (viewers: number) => {
    // Who asks is looked up once in 15 seconds: before the count.
    api.clock.advance(20_000);
    await read("/api/v1/nothing-here");
    return during(async () => {
      for (let round = 0; round < rounds; round += 1) {
        await Promise.all(Array.from({ length: viewers }, () => polled.map((path) => read(path))).flat());
        // A round comes when what the last one was told is old.
        api.clock.advance(2_500);
      }
    });
  };
  const one = await poll(1);
  expect(one).toBeGreaterThan(polled.length);
  expect(await poll(50)).toBe(one);
});

test("all get the same words, whatever the order of their parameters", async () => {
  const { read } = countedApi();
  const [first, second] = await Promise.all([
    read("/api/v1/failures?limit=50&sort=files"),
    read("/api/v1/failures?sort=files&limit=50"),
  ]);
  expect(await first.text()).toBe(await second.text());
  for (const answer of [first, second]) {
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("application/json");
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
});

test("nobody gets an answer without a key, though it is there", async () => {
  const { read } = countedApi();
  await read("/api/v1/projects");
  expect((await read("/api/v1/projects", { authorization: "Bearer wrong" })).status).toBe(401);
});

test("what is done is seen at once, and who has just done something elsewhere reads afresh", async () => {
  const { read, send } = countedApi();
  const slugs = async (headers: Record<string, string> = {}) => {
    const { items } = await (await read("/api/v1/projects", headers)).json();
    return items.map(({ slug }: { slug: string }) => slug);
  };
  expect(await slugs()).toEqual(["default"]);
  expect((await send("/api/v1/projects", { slug: "new-here" })).status).toBe(201);
  expect(await slugs()).toEqual(["default", "new-here"]);
  // By another process, as far as this one's answers are concerned.
  await countedApi().send("/api/v1/projects", { slug: "new-there" });
  expect(await slugs()).toEqual(["default", "new-here"]);
  expect(await slugs({ "cache-control": "no-cache" })).toEqual(["default", "new-here", "new-there"]);
  expect(await slugs()).toEqual(["default", "new-here", "new-there"]);
});

test("what was uploaded is in the list at once, for whoever has just read it too", async () => {
  const names = async () => {
    const { items } = await (await api.call("/api/v1/files")).json();
    return items.map(({ name }: { name: string }) => name);
  };
  expect(await names()).toEqual([]);
  const form = new FormData();
  form.append("project", "default");
  form.append("file", new Blob(["# A title\n\nA sentence.\n"], { type: "text/markdown" }), "new.md");
  expect((await api.call("/api/upload", { method: "POST", body: form })).status).toBe(202);
  expect(await names()).toEqual(["new.md"]);
});

test("every word by which answers are shared is one of the API", () => {
  const words = new Set(createApi(api.ctx).routes.map(({ path }) => /^\/api\/v1\/([\w-]+)/.exec(path)?.[1]));
  for (const word of shared) expect(words).toContain(word);
});
