import { cp, mkdtemp, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { sha256Hex } from "../../kernel/hash.ts";
import type { PostgresBinaries } from "./binaries.ts";
import type { RunAs } from "./run-as.ts";

/** The bit of a folder's mode that lets everybody pass through. */
const passableByAll = 0o001;

/**
 * The programs at a place that `user` can reach. Where a checkout lies in a folder that only root may enter,
 * they are copied, once, to the folder for temporary files.
 */
export async function reachableBinaries(binaries: PostgresBinaries, user: RunAs): Promise<PostgresBinaries> {
  if (user.uid === undefined || (await isReachable(dirname(binaries.postgres)))) return binaries;
  const native = dirname(dirname(binaries.postgres));
  const copy = join(tmpdir(), `waybill-postgres-${sha256Hex(native).slice(0, 12)}`);
  if (!(await exists(join(copy, "bin")))) await copyWhole(native, copy);
  const at = (program: string) => join(copy, "bin", basename(program));
  return { initdb: at(binaries.initdb), postgres: at(binaries.postgres) };
}

async function isReachable(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & passableByAll) === 0) return false;
  return dirname(folder) === folder || isReachable(dirname(folder));
}

async function copyWhole(from: string, to: string): Promise<void> {
  const draft = await mkdtemp(`${to}-`);
  await cp(from, join(draft, "native"), { recursive: true, verbatimSymlinks: true });
  // Another start may have been quicker; its copy is as good.
  await rename(join(draft, "native"), to).catch(() => undefined);
  await rm(draft, { recursive: true, force: true });
}

function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
