import type { Browser, BrowserContext, CDPSession } from "playwright";
import { figure } from "../report.ts";

const goalKb = 250;

/** A page of the console, and where it is. */
export interface BenchedPage {
  readonly name: string;
  readonly url: string;
}

/**
 * Prints how much JavaScript a first visit of a page transfers, in kB as it was sent (gzipped): until it is loaded, and
 * until nothing has been asked for half a second, with what Next reads ahead for the links in sight.
 */
export async function benchJavaScript(
  browser: Browser,
  signedIn: BrowserContext,
  { name, url }: BenchedPage,
): Promise<void> {
  // A context of its own begins with an empty cache.
  const context = await browser.newContext({ storageState: await signedIn.storageState() });
  const page = await context.newPage();
  const scriptBytes = await countScripts(await context.newCDPSession(page));
  await page.goto(url, { waitUntil: "load" });
  figure(`${name}, until loaded`, scriptBytes() / 1000, "kB", { name: "goal", value: goalKb });
  await page.waitForLoadState("networkidle");
  figure(`${name}, with what is read ahead`, scriptBytes() / 1000, "kB");
  await context.close();
}

/** Counts the bytes of all scripts of a tab as they come over the wire. */
async function countScripts(session: CDPSession): Promise<() => number> {
  const scripts = new Set<string>();
  let bytes = 0;
  session.on("Network.responseReceived", ({ requestId, response }) => {
    if (response.mimeType.endsWith("javascript")) scripts.add(requestId);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  await session.send("Network.enable");
  return () => bytes;
}
