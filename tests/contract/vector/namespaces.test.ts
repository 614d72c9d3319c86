import { beforeEach, describe, expect, test } from "vitest";
import { needs } from "../target.ts";
import { sharedIndex } from "./target.ts";

const opened = sharedIndex({ dense: { dimension: 2, similarityFunction: "COSINE" } }, ({ own }) =>
  own.upsert({ id: "first", vector: [1, 1] }),
);

/** Names of namespaces of this file's own, made anew with one record each. */
async function make(...names: string[]): Promise<string[]> {
  const { index, namespace, settled } = opened.target;
  const full = names.map((name) => `${namespace}-${name}`);
  for (const name of full) await index.namespace(name).upsert({ id: `in ${name}`, vector: [1, 0] });
  await settled();
  return full;
}

/** The ids in a namespace. */
async function idsIn(name: string): Promise<(string | number)[]> {
  const { vectors } = await opened.target.index.namespace(name).range({ cursor: 0, limit: 10 });
  return vectors.map(({ id }) => id);
}

describe("rename-namespace", () => {
  const rename = async (namespace: string, newNamespace: string, more = {}) => {
    const answer = await opened.target.call("/rename-namespace", { namespace, newNamespace, ...more });
    return { status: answer.status, body: await answer.json() };
  };

  test("gives the records another name, which a restart knows", async () => {
    needs("restart");
    const [from = "", other = ""] = await make("from", "other");
    const to = `${from}-renamed`;
    expect(await rename(from, to)).toEqual({ status: 200, body: { result: { renamed: true } } });
    await opened.target.index.namespace(to).upsert({ id: "later", vector: [0, 1] });
    await opened.target.restart();
    expect(await idsIn(to)).toEqual([`in ${from}`, "later"]);
    expect(await idsIn(from)).toEqual([]);
    expect(await idsIn(other)).toEqual([`in ${other}`]);
    expect(await opened.target.index.listNamespaces()).not.toContain(from);
  });

  test("refuses a name that is taken, unless its records are to go", async () => {
    const [from = "", taken = ""] = await make("moving", "taken");
    const refused = await rename(from, taken);
    expect(refused.status).toBe(422);
    expect(refused.body.error).toContain("already exists");
    expect(await idsIn(taken)).toEqual([`in ${taken}`]);
    const forced = await rename(from, taken, { deleteExisting: true });
    expect(forced.body).toEqual({ result: { renamed: true } });
    expect(await idsIn(taken)).toEqual([`in ${from}`]);
  });

  test("renames nothing when there is no such namespace", async () => {
    const name = `${opened.target.namespace}-nowhere`;
    expect((await rename(name, `${name}-to`)).body).toEqual({ result: { renamed: false } });
  });

  test("leaves the default namespace its name", async () => {
    expect((await rename("", "x")).status).toBe(422);
    expect((await rename(opened.target.namespace, "", { deleteExisting: true })).status).toBe(422);
  });
});

describe("the default namespace", () => {
  beforeEach(() => needs("exclusive account"));

  test("is always there and cannot be deleted", async () => {
    const { index, call } = opened.target;
    expect(await index.listNamespaces()).toContain("");
    const refused = await call("/delete-namespace/", []);
    expect([refused.ok, await refused.json()]).toEqual([
      false,
      { error: expect.stringMatching(/default namespace/i), status: refused.status },
    ]);
    expect(await index.listNamespaces()).toContain("");
  });

  test("is reset by itself; all namespaces are when that is asked for, and stay listed", async () => {
    const { index, settled } = opened.target;
    const [other = ""] = await make("kept");
    await index.upsert({ id: "in default", vector: [1, 0] });
    await settled();
    await index.reset();
    expect(await idsIn("")).toEqual([]);
    expect(await idsIn(other)).toEqual([`in ${other}`]);
    await index.reset({ all: true });
    const empty = { vectorCount: 0, pendingVectorCount: 0 };
    expect((await index.info()).namespaces).toMatchObject({ "": empty, [other]: empty });
  });

  test("is meant by the SDK's empty namespace too", async () => {
    const { index } = opened.target;
    await index.namespace("").upsert({ id: "a", vector: [1, 0] });
    expect(await index.namespace("").fetch(["a"])).toEqual([{ id: "a" }]);
    expect(await index.fetch(["a"])).toEqual([{ id: "a" }]);
  });
});

test("random gives a record of the namespace with its vector, and null when there is none", async () => {
  const [name = ""] = await make("random");
  const random = async (namespace: string) =>
    (await (await opened.target.call(`/random/${namespace}`, {})).json()).result;
  expect(await random(name)).toEqual({ id: `in ${name}`, vector: [1, 0] });
  expect(await random(`${name}-empty`)).toBeNull();
});

test.each(["with spaces", "Ünïcode-名", "a/path/of/it", "100%", "info", "__proto__"])(
  "a namespace may be called %j",
  async (label) => {
    needs("stand-in");
    const { index } = opened.target;
    // The SDK writes the name into the address as it is.
    const [name = ""] = await make(label);
    expect(await index.listNamespaces()).toContain(name);
    expect((await index.info()).namespaces[name]).toEqual({ vectorCount: 1, pendingVectorCount: 0 });
    expect(await idsIn(name)).toEqual([`in ${name}`]);
    expect(await index.deleteNamespace(name)).toBe("Success");
    expect(await index.listNamespaces()).not.toContain(name);
  },
);
