import type { BrowserContext, Page } from "playwright";
import { z } from "zod";
import { figure, quantile } from "../report.ts";

const goalMs = 100;
const rounds = 5;

/** What somebody does on the list of failures, each ended when the list stands still again. */
const deeds: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "j, from row to row": (page) => press(page, "j", 10),
  "t, the times as local or UTC": (page) => press(page, "t", 2),
  "?, the keys": async (page) => {
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  },
  "a filter by state": async (page) => {
    await clickAndRead(page, () => page.getByRole("button", { name: "Resolved" }).click());
    await clickAndRead(page, () => page.getByRole("button", { name: "Resolved" }).click());
  },
  "the next page and back": async (page) => {
    await clickAndRead(page, () => page.getByRole("button", { name: "Older" }).click());
    await page.getByRole("button", { name: /Newer|Newest/ }).click();
  },
  "a word in the search": async (page) => {
    await page.keyboard.press("/");
    await page.keyboard.type("kind 12", { delay: 40 });
    await page.keyboard.press("Escape");
  },
  "a click on a row, and back": async (page) => {
    await page.locator("[data-row-link]").first().click();
    await page
      .getByRole("tablist")
      .or(page.getByRole("heading", { level: 2 }))
      .first()
      .waitFor();
    await page.goBack();
    await page.locator("[data-row-link]").first().waitFor();
  },
};

/** Prints the longest time from an interaction to the next paint for each deed, in ms, by the Event Timing API. */
export async function benchInteractions(context: BrowserContext): Promise<void> {
  const page = await context.newPage();
  await page.addInitScript(watchInteractions);
  const worst = new Map<string, number[]>();
  for (let round = 0; round < rounds; round += 1) {
    await page.goto("/failures", { waitUntil: "networkidle" });
    await page.locator("[data-row-link]").first().waitFor();
    for (const [name, act] of Object.entries(deeds)) {
      await page.evaluate(() => sessionStorage.removeItem("interactions"));
      await act(page);
      // The last event is reported after its frame.
      await page.waitForTimeout(300);
      worst.set(name, [...(worst.get(name) ?? []), ...(await longest(page))]);
    }
  }
  for (const [name, ms] of worst) {
    figure(`${name}, longest of ${rounds} rounds`, Math.max(0, ...ms), "ms", { name: "goal", value: goalMs });
    figure(`${name}, median`, quantile(ms), "ms");
  }
  await page.close();
}

async function press(page: Page, key: string, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await page.keyboard.press(key);
}

async function clickAndRead(page: Page, click: () => Promise<void>): Promise<void> {
  const read = page.waitForResponse((response) => response.url().includes("/api/v1/failures?"));
  await click();
  await read;
}

async function longest(page: Page): Promise<number[]> {
  const kept = await page.evaluate(() => sessionStorage.getItem("interactions"));
  return kept === null ? [] : z.array(z.number()).parse(JSON.parse(kept));
}

/** Runs in the page: keeps how long each event of an interaction took to its paint, over navigations. */
function watchInteractions(): void {
  const watched = { type: "event", durationThreshold: 16, buffered: true };
  new PerformanceObserver((list) => {
    const kept: number[] = JSON.parse(sessionStorage.getItem("interactions") ?? "[]");
    for (const entry of list.getEntries()) {
      if (entry instanceof PerformanceEventTiming && entry.interactionId > 0) kept.push(entry.duration);
    }
    sessionStorage.setItem("interactions", JSON.stringify(kept));
  }).observe(watched);
}
