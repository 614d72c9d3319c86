import { execFile } from "node:child_process";
import { chown, mkdir } from "node:fs/promises";
import { userInfo } from "node:os";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The user that Postgres runs as; empty: the one who started us. */
export interface RunAs {
  readonly uid?: number;
  readonly gid?: number;
}

/** Postgres refuses to run as root: then it runs as the system user `postgres`, which is made if missing. */
export async function postgresUser(): Promise<RunAs> {
  if (userInfo().uid !== 0) return {};
  const known = await lookUp();
  if (known) return known;
  await run("useradd", ["--system", "--user-group", "--no-create-home", "postgres"]);
  return (await lookUp()) ?? {};
}

/** Makes a folder that only this user can read. */
export async function ownFolder(path: string, user: RunAs): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  if (user.uid !== undefined && user.gid !== undefined) await chown(path, user.uid, user.gid);
}

async function lookUp(): Promise<RunAs | undefined> {
  try {
    const [uid, gid] = await Promise.all([run("id", ["-u", "postgres"]), run("id", ["-g", "postgres"])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}
