import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { chooseServicePorts, nextFreePort } from "./choose-ports.ts";
import { localEnvPath, portOf, readLocalEnv, writeLocalEnv } from "./local-env.ts";
import { takePidLock } from "./pid-lock.ts";
import { keepOrMakeSecrets } from "./secrets.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waybill-launch-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test("local.env comes back as it was written, for its owner's eyes alone", async () => {
  const secrets = keepOrMakeSecrets({}, undefined);
  const variables = { DATABASE_URL: "postgresql://postgres:pg_a-b@127.0.0.1:5433/waybill", ...secrets };
  await writeLocalEnv(folder, variables);
  expect(await readLocalEnv(folder)).toEqual(variables);
  expect((await stat(localEnvPath(folder))).mode & 0o777).toBe(0o600);
  const before = await readLocalEnv(folder);
  expect(keepOrMakeSecrets(before, undefined)).toEqual(secrets);
  const rotated = keepOrMakeSecrets(before, { current: "sig_rotated", next: "sig_new" });
  expect(rotated).toEqual({
    ...secrets,
    ...{ QSTASH_CURRENT_SIGNING_KEY: "sig_rotated", QSTASH_NEXT_SIGNING_KEY: "sig_new" },
  });
});

test("the port of an address is found in each form", () => {
  const variables = {
    A: "postgresql://u:p@127.0.0.1:5433/waybill",
    B: "127.0.0.1:81/v1",
    C: "http://localhost:3000",
  };
  expect(["A", "B", "C", "D"].map((name) => portOf(variables, name))).toEqual([5433, 81, 3000, undefined]);
});

test("a service keeps its port unless it is taken, and no two get the same", async () => {
  const none = { postgres: undefined, bridge: undefined, qstash: undefined, inspector: undefined };
  const first = await chooseServicePorts({ ...none, vector: undefined, gateway: undefined, blob: undefined });
  expect(new Set(Object.values(first)).size).toBe(7);
  const taken = createServer();
  await new Promise<void>((listening) => taken.listen(first.blob, "127.0.0.1", listening));
  const second = await chooseServicePorts(first);
  expect(await nextFreePort(first.blob)).toBeGreaterThan(first.blob);
  await new Promise((closed) => taken.close(closed));
  expect({ ...second, blob: 0 }).toEqual({ ...first, blob: 0 });
  expect(second.blob).not.toBe(first.blob);
});

test("a lock is taken once, freed by its holder, and taken over from the dead", async () => {
  const path = join(folder, "lock");
  const lock = await takePidLock(path);
  expect(lock).toBeDefined();
  await lock?.release();
  // Process 1 lives and is another program; no process has the other number.
  for (const holder of ["1", "4194304999", "", "not a number"]) {
    await writeFile(path, holder);
    const taken = await takePidLock(path);
    expect(taken).toBeDefined();
    await taken?.release();
  }
  await writeFile(path, String(process.ppid));
  expect(await takePidLock(path)).toBeUndefined();
});
