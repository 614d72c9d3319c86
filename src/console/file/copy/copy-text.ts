import { getText } from "../../api-client.ts";
import { ApiError } from "../../api-error.ts";

/** What a clipboard takes without the browser standing still. */
const maxClipboardBytes = 20_000_000;

/**
 * Puts a text on the clipboard.
 * @throws ApiError when the browser allows no page to do so
 */
export async function copyText(text: string | Promise<string>): Promise<void> {
  const { clipboard } = navigator;
  // Browsers have a clipboard for pages that came over HTTPS or from this machine.
  if (clipboard === undefined) throw refused("This browser lets no page copy that came without HTTPS.");
  if (typeof text === "string") return await clipboard.writeText(text).catch(rethrow);
  // Begun at the click, since browsers refuse what comes after it; the text follows when it has been read.
  const blob = text.then((read) => new Blob([read], { type: "text/plain" }));
  await Promise.all([text, clipboard.write([new ClipboardItem({ "text/plain": blob })]).catch(rethrow)]);
}

/**
 * A document of the API, to be copied.
 * @throws ApiError; also when it is too large for a clipboard
 */
export async function readForClipboard(path: string): Promise<string> {
  const text = await getText(path, { maxBytes: maxClipboardBytes });
  if (text === null) throw refused("It is larger than 20 MB. Download it instead.");
  return text;
}

function rethrow(cause: unknown): never {
  throw refused("The browser did not allow it. Click into the page and try again.", cause);
}

function refused(sentence: string, cause?: unknown): ApiError {
  return new ApiError("not_copied", 0, sentence, { cause });
}
