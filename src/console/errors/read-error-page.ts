import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fromMarkdown } from "mdast-util-from-markdown";
import { errorCodes } from "../../kernel/error-codes.ts";

/** The Markdown of a page as a tree. */
export type ErrorPageTree = ReturnType<typeof fromMarkdown>;

/** The page of `docs/errors` that explains a code; null for what is no code of this version. */
export async function readErrorPage(code: string): Promise<ErrorPageTree | null> {
  if (!Object.hasOwn(errorCodes, code)) return null;
  return fromMarkdown(await readFile(join(process.cwd(), "docs", "errors", `${code}.md`), "utf8"));
}
