import { afterAll, beforeAll, expect, test } from "vitest";
import { permissions } from "../../../src/access/permissions.ts";
import { errorCodes } from "../../../src/kernel/error-codes.ts";
import { listOf } from "../../../src/pipeline/files/file-view.ts";
import { projectViewSchema } from "../../../src/pipeline/projects/project-view.ts";
import { type ServedApi, serveApi } from "../../support/served-api.ts";

let api: ServedApi;

beforeAll(async () => {
  api = await serveApi();
});
afterAll(() => api.stop());

function createProject(body: string, headers: Record<string, string> = {}) {
  return api.call("/api/v1/projects", {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });
}
const errorOf = async (answer: Response) => ({ status: answer.status, ...(await answer.json()).error });

const paths = [
  "/api/v1/files",
  "/api/v1/files/file_1",
  "/api/v1/files/file_1/trace",
  "/api/v1/files/file_1/chunks",
  "/api/v1/files/file_1/costs",
  "/api/v1/search?project=default&q=a",
  "/api/v1/plans/rplan_1",
  "/api/v1/requeues",
  "/api/v1/requeues/requeue_1",
  "/api/v1/projects",
  "/api/v1/providers",
  "/api/v1/alert-rules",
  "/api/v1/audit",
  "/api/v1/audit/actors",
  "/api/v1/audit?format=csv",
  "/api/v1/audit/rule",
  "/api/v1/dead-letters",
  "/api/v1/failures",
  "/api/v1/failures/group_1/common",
  "/api/v1/failures/group_1/notes",
  "/api/v1/graph-versions",
  "/api/v1/graph-versions/1",
  "/api/v1/graph-versions/1/runs",
  "/api/v1/overview",
  "/api/v1/reconciliations",
  "/api/v1/redaction",
  "/api/v1/samples",
  "/api/v1/step-figures",
  "/api/v1/stuck",
  "/api/v1/uploads/upl_1",
  "/api/v1/views",
  "/api/v1/openapi.json",
  "/api/v1/nothing-here",
];

test.each(paths)("%s tells nothing without a key, or with a wrong one", async (path) => {
  // More wrong keys than these in a minute are not looked at.
  api.clock.advance(60_000);
  for (const headers of [{}, { authorization: "Bearer wrong" }, { authorization: `Basic ${api.key}` }]) {
    const answer = await fetch(`${api.url}${path}`, { headers });
    expect(await errorOf(answer)).toEqual({
      status: 401,
      code: "unauthenticated",
      message: errorCodes.unauthenticated.sentence,
      details: {},
    });
    expect(answer.headers.get("cache-control")).toBe("no-store");
  }
});

test("an unknown route or method is 404 in the form of every refusal", async () => {
  for (const [path, method] of [
    ["/api/v1/nothing-here", "GET"],
    ["/api/v1/files", "DELETE"],
  ] as const) {
    expect(await errorOf(await api.call(path, { method }))).toMatchObject({ status: 404, code: "not_found" });
  }
});

test("a project is made, listed by its slug, and made only once", async () => {
  const made = await createProject(
    JSON.stringify({ slug: "a-new-one", name: "A new one", chunkMaxTokens: 300 }),
  );
  expect(made.status).toBe(201);
  const project = projectViewSchema.parse(await made.json());
  expect(project).toMatchObject({ slug: "a-new-one", name: "A new one", chunkMaxTokens: 300 });
  const { items } = listOf(projectViewSchema).parse(await (await api.call("/api/v1/projects")).json());
  expect(items.map(({ slug }) => slug)).toEqual(["a-new-one", "default"]);
  expect(items[0]).toEqual(project);
  const again = await Promise.all([1, 2].map(() => createProject('{"slug":"a-new-one"}')));
  expect(again.map((answer) => answer.status)).toEqual([409, 409]);
  const first = await (await api.call("/api/v1/projects?limit=1")).json();
  const second = await (await api.call(`/api/v1/projects?limit=1&cursor=${first.nextCursor}`)).json();
  expect([first.items[0].slug, second.items[0].slug, second.nextCursor]).toEqual([
    "a-new-one",
    "default",
    null,
  ]);
});

test.each([
  ['{"slug":"Not A Slug"}', "slug"],
  ["{}", "slug"],
  ['{"slug":"x","chunkMaxTokens":1}', "chunkMaxTokens"],
  ['{"slug":"x","chunkMaxTokens":100,"chunkOverlapTokens":60}', "chunkOverlapTokens"],
  ["[]", "body"],
  ["{", "body"],
])("the project %s is refused as 400 and names the field", async (body, field) => {
  const error = await errorOf(await createProject(body));
  expect(error).toMatchObject({ status: 400, code: "malformed_request" });
  expect(Object.keys(error.details)).toContain(field);
  const { items } = await (await api.call("/api/v1/projects")).json();
  expect(items.map(({ slug }: { slug: string }) => slug)).not.toContain("x");
});

test("a body that is not sent as JSON is refused as 400", async () => {
  const answer = await createProject('{"slug":"x"}', { "content-type": "text/plain" });
  expect(await errorOf(answer)).toMatchObject({ status: 400, code: "malformed_request" });
});

test("a body that is far too large is refused before it is read", async () => {
  const error = await errorOf(await createProject(JSON.stringify({ slug: "x".repeat(100_000) })));
  expect(error).toMatchObject({ status: 400, code: "malformed_request", details: { maxBytes: 65_536 } });
});

test("a fault of ours is 500 with a sentence, and neither its text nor a stack leaves the server", async () => {
  const { createApi } = await import("../../../src/api/create-api.ts");
  const logged: unknown[] = [];
  const log = api.ctx.log.child({});
  log.error = (entry: unknown) => {
    logged.push(entry);
  };
  const broken = createApi({
    ...api.ctx,
    log,
    gateway: { embed: () => Promise.reject(new TypeError("the secret inside")) },
  });
  const answer = await broken.request("/api/v1/search?project=default&q=a", {
    headers: { authorization: `Bearer ${api.key}` },
  });
  expect(answer.status).toBe(500);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const text = await answer.text();
  expect(JSON.parse(text).error).toEqual({
    code: "internal_error",
    message: errorCodes.internal_error.sentence,
    details: {},
  });
  expect(text).not.toMatch(/secret|at .*\.ts/);
  expect(logged).toMatchObject([
    { code: "internal_error", err: { cause: { message: "the secret inside" } } },
  ]);
});

test("an upload nobody began is 404", async () => {
  expect(await errorOf(await api.call("/api/v1/uploads/upl_unknown"))).toMatchObject({
    status: 404,
    code: "upload_not_found",
  });
});

/** The document itself, and the upload, which docs/api.md describes. */
const undocumented = new Set(["GET /api/v1/openapi.json", "POST /api/upload"]);

test("the OpenAPI document describes every route that there is", async () => {
  const document = await (await api.call("/api/v1/openapi.json")).json();
  expect(document.openapi).toBe("3.1.0");
  const documented = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  const served = Object.keys(permissions).filter((route) => !undocumented.has(route));
  expect(documented.toSorted()).toEqual(served.toSorted());
  expect(document.components.schemas.Error.properties.error.properties.code.enum).toEqual(
    Object.keys(errorCodes),
  );
});
