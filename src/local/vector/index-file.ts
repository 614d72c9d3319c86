import { readFile, writeFile } from "node:fs/promises";
import { z } from "zod";
import { StartError } from "../launch/start-error.ts";
import { defaultIndex, type IndexSettings, indexListSchema, typeOf } from "./index-settings.ts";

/**
 * Reads which indexes there are; a file that is missing is written with the default index.
 * @throws StartError that names the place in the file when it cannot be read as a list of indexes
 */
export async function readIndexFile(path: string): Promise<readonly IndexSettings[]> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (text === undefined) {
    await writeFile(path, defaultFile(), { flag: "wx" });
    return [defaultIndex];
  }
  const parsed = indexListSchema.safeParse(parseJson(text, path));
  if (parsed.success) return parsed.data;
  throw new StartError(`${path} is no list of indexes:\n${z.prettifyError(parsed.error)}`);
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new StartError(`${path} is not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function defaultFile(): string {
  const { name, dense } = defaultIndex;
  return `${JSON.stringify([{ name, type: typeOf(defaultIndex), ...dense }], null, 2)}\n`;
}
