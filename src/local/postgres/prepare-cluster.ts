import { execFile } from "node:child_process";
import { access, chmod, chown, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { newSecret } from "../../kernel/ids.ts";
import type { Log } from "../../kernel/log.ts";
import type { PostgresBinaries } from "./binaries.ts";
import { ownFolder, type RunAs } from "./run-as.ts";

const run = promisify(execFile);

/**
 * Makes the cluster on the first start, under a password of its own that is kept beside it.
 * @throws Error when initdb fails, with what it wrote
 */
export async function prepareCluster(input: {
  dataDir: string;
  binaries: PostgresBinaries;
  user: RunAs;
  log: Log;
}): Promise<{ clusterDir: string; password: string }> {
  const { dataDir, user } = input;
  // Others may pass through but not list: Postgres may run as another user than we do.
  await mkdir(dataDir, { recursive: true });
  await chmod(dataDir, 0o711);
  const clusterDir = join(dataDir, "cluster");
  const passwordFile = join(dataDir, "password");
  if (await exists(join(clusterDir, "PG_VERSION"))) {
    return { clusterDir, password: (await readFile(passwordFile, "utf8")).trim() };
  }

  input.log.info("creating the database cluster");
  const password = newSecret("pg");
  await writeFile(passwordFile, password, { mode: 0o600 });
  // Made aside and renamed when complete, so that a kill in mid-way leaves no half cluster.
  const draftDir = join(dataDir, "cluster.draft");
  const draftPassword = join(dataDir, "password.draft");
  await rm(draftDir, { recursive: true, force: true });
  await ownFolder(draftDir, user);
  await writeFile(draftPassword, password, { mode: 0o600 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(draftPassword, user.uid, user.gid);
  try {
    await run(
      input.binaries.initdb,
      [
        `--pgdata=${draftDir}`,
        "--username=postgres",
        `--pwfile=${draftPassword}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        // The password is 256 bits of chance: iterations add nothing but 100 ms to each connection.
        "--set=scram_iterations=16",
        "--no-sync",
      ],
      { ...user, cwd: draftDir },
    );
  } finally {
    await rm(draftPassword, { force: true });
  }
  await rename(draftDir, clusterDir);
  return { clusterDir, password };
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
