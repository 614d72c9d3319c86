import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright";

/** A headless Chromium that comes with the packages, so that no download is needed. */
export async function openBrowser(): Promise<Browser> {
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((arg) => arg !== "--single-process"),
    headless: true,
  });
}
