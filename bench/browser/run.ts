import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import serverless from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright";
import { z } from "zod";
import { openDatabase } from "../../src/db/client.ts";
import { createDataFolder, startProduct } from "../../tests/e2e/product.ts";
import { signInTo } from "../../tests/e2e/signed-in.ts";
import { largestGroup, seedFailures } from "../../tests/support/seed-failures.ts";
import { heading } from "../report.ts";
import { benchInteractions } from "./interactions.ts";
import { benchJavaScript } from "./javascript.ts";

const failureCount = 100_000;

/** What the browser has to do: the JavaScript of each page, and interactions on a long list. */
export async function benchBrowser(): Promise<void> {
  const data = await createDataFolder();
  const product = await startProduct(data.path);
  const browser = await launch();
  const context = await browser.newContext({ baseURL: product.url, viewport: { width: 1280, height: 900 } });
  try {
    await signInTo(product, context);
    await seedInto(data.path);
    const pages = {
      "sign-in": "/sign-in",
      Overview: "/",
      Failures: "/failures",
      "a failure": `/failures/${largestGroup}`,
      Files: "/files",
      "a file": "/files/file_0",
      Budgets: "/budgets",
    };
    heading("JavaScript of the pages");
    for (const [name, path] of Object.entries(pages)) {
      await benchJavaScript(browser, context, { name, url: product.url + path });
    }
    heading(`Interactions, ${failureCount} failures`);
    await benchInteractions(context);
  } finally {
    await browser.close();
    await product.stop();
    await data.remove();
  }
}

/** Without a graphics card the browser would compute one; drawing by the processor is less work. */
async function launch(): Promise<Browser> {
  return chromium.launch({
    ...(process.platform === "linux" ? { executablePath: await serverless.executablePath() } : {}),
    args: ["--no-sandbox", "--disable-gpu", "--headless=shell"],
  });
}

async function seedInto(dataPath: string): Promise<void> {
  const { DATABASE_URL, DATABASE_WS_PROXY } = z
    .object({ DATABASE_URL: z.string(), DATABASE_WS_PROXY: z.string() })
    .parse(parseEnv(await readFile(join(dataPath, "local.env"), "utf8")));
  const database = openDatabase({ url: DATABASE_URL, wsProxy: DATABASE_WS_PROXY });
  await seedFailures(database.db, failureCount);
  await database.close();
}
