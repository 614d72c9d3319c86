/**
 * Takes pictures of the console, to be looked at: every page full, empty, loading and failed, from 360 to 3840 px, in
 * light and in dark; and says what overflows, what the console of the browser says, and what is not there.
 *
 *   node tests/e2e/screens/take-screens.ts --full <local.env> --empty <local.env> --to <folder> --only <pattern>
 *
 * Two products that run: one with an incident in it (`npm run seed:incident`), and one in which nothing has happened.
 */
import { globSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Page } from "playwright";
import { nothingIsReadInSight } from "../page-checks.ts";
import { acts } from "./acts.ts";
import { openBrowser } from "./open-browser.ts";
import { pagesOf, type ScreenPage } from "./pages.ts";
import { idsOf, showProduct } from "./shown-product.ts";

const widths = [360, 768, 1280, 1920, 3840];
const schemes = ["light", "dark"] as const;
const states = ["full", "empty", "loading", "failed"] as const;
type State = (typeof states)[number];

const { values: options } = parseArgs({
  options: {
    full: { type: "string", default: ".waybill/local.env" },
    empty: { type: "string" },
    to: { type: "string", default: "test-results/screens" },
    only: { type: "string", default: "" },
  },
});
const wanted = new RegExp(options.only);

await mkdir(options.to, { recursive: true });
const browser = await openBrowser();
try {
  const full = await showProduct(browser, options.full);
  const empty = options.empty === undefined ? null : await showProduct(browser, options.empty);
  const stranger = await browser.newContext({ baseURL: full.url });
  const pages = pagesOf(await idsOf(full));
  reportMissing(pages);
  for (const page of pages) {
    for (const state of states) {
      const context = page.signedOut ? stranger : state === "empty" ? empty?.context : full.context;
      const isNone = (state === "empty" && page.ofOne) || (state !== "full" && page.signedOut);
      if (context === undefined || page.path === undefined || isNone) continue;
      const names = namesOf(`${page.name}-${state}`);
      if (names.length > 0) await picture(await context.newPage(), page, state, names);
    }
  }
  for (const { name, path, act } of acts) {
    const names = namesOf(name, [360, 1280]);
    if (names.length === 0) continue;
    const page = { name, path, full: "main" };
    // What an act has opened may close when the window changes: once for each picture.
    for (const one of names) await picture(await full.context.newPage(), page, "full", [one], act);
  }
} finally {
  await browser.close();
}

interface Shot {
  readonly name: string;
  readonly width: number;
  readonly scheme: (typeof schemes)[number];
}

/** Which pictures of a page are asked for. */
function namesOf(name: string, at = widths): Shot[] {
  return at
    .flatMap((width) => schemes.map((scheme) => ({ name: `${name}-${width}-${scheme}`, width, scheme })))
    .filter((shot) => wanted.test(shot.name));
}

async function picture(
  page: Page,
  { path = "", full, name }: ScreenPage,
  state: State,
  shots: readonly Shot[],
  act?: (page: Page) => Promise<unknown>,
): Promise<void> {
  const say = (text: string) => console.log(`${name}-${state}: ${text}`);
  page.on("console", (message) => {
    if (message.type() === "error" && state === "full") say(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => say(`page error: ${error.message}`));
  if (state === "failed") await page.route("**/api/v1/**", (route) => route.abort());
  if (state === "loading") await page.route("**/api/v1/**", () => undefined);
  const size = ({ width }: Shot) => ({ width, height: width > 1920 ? 2160 : width === 360 ? 740 : 900 });
  await page.setViewportSize(size(shots[0] ?? { name, width: 1280, scheme: "light" }));
  await page.goto(path, { waitUntil: "load" });
  if (state === "full") {
    const there = page.locator(full).first();
    await there.waitFor({ timeout: 15_000 }).catch(() => say(`${full} IS NOT THERE`));
  }
  if (state === "failed") {
    // Reading is tried again before it is given up.
    const alert = page.getByRole("alert").first();
    await alert.waitFor({ timeout: 20_000 }).catch(() => say("does not say that it FAILED"));
  }
  if (state !== "loading") await page.waitForFunction(nothingIsReadInSight).catch(() => say("STILL LOADS"));
  await act?.(page).catch((error: Error) => say(`cannot: ${error.message.split("\n")[0]}`));
  for (const shot of shots) {
    await page.setViewportSize(size(shot));
    await page.emulateMedia({ colorScheme: shot.scheme, reducedMotion: "reduce" });
    await page.waitForTimeout(400);
    const whole = act === undefined && shot.width < 3840;
    await page.screenshot({ path: join(options.to, `${shot.name}.png`), fullPage: whole });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (overflow > 0) say(`OVERFLOWS by ${overflow} px at ${shot.width}`);
  }
  await page.unrouteAll({ behavior: "ignoreErrors" });
  await page.close();
}

/** Says which pages of the app no picture is taken of, so that a new page is not forgotten. */
function reportMissing(pages: readonly ScreenPage[]): void {
  for (const file of globSync("src/app/**/page.tsx")) {
    const parts = file.split("/").slice(2, -1);
    const address = `/${parts.filter((part) => !part.startsWith("(")).join("/")}`;
    const pattern = new RegExp(`^${address.replaceAll(/\[\w+\]/g, "[^/?]+")}(\\?|$)`);
    if (!pages.some(({ path }) => path !== undefined && pattern.test(path))) {
      console.log(`No picture is taken of ${address}.`);
    }
  }
}
