import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** Fails on whatever axe finds, on the page as it is. `within` narrows it to a part. */
export async function isAccessible(page: Page, within?: string): Promise<void> {
  // After a step from page to page the title comes with the page's own data, a moment after its address.
  await expect(page).toHaveTitle(/./);
  const axe = new AxeBuilder({ page });
  const { violations } = await (within === undefined ? axe : axe.include(within)).analyze();
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => ({ id, html, failureSummary })),
  );
  expect(found).toEqual([]);
}

/** The same in light and in dark. */
export async function isAccessibleInBoth(page: Page, within?: string): Promise<void> {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await isAccessible(page, within);
  }
}

/** Fails where the page as it is can be moved sideways. */
export async function fitsItsWidth(page: Page): Promise<void> {
  const sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(sideways, `${page.url()} at ${page.viewportSize()?.width} px`).toBe(0);
}

/** The same on the narrowest screen; then the page has its usual width again. */
export async function fitsNarrowly(page: Page): Promise<void> {
  await page.setViewportSize({ width: 360, height: 720 });
  await fitsItsWidth(page);
  await page.setViewportSize({ width: 1280, height: 720 });
}

/** Fails where a column of a table is too narrow for what it is called. */
export async function headsFit(page: Page): Promise<void> {
  const cut = await page.evaluate(() =>
    [...document.querySelectorAll("main th")]
      .filter((head) => head.clientWidth > 0 && head.scrollWidth > head.clientWidth + 1)
      .map((head) => head.textContent),
  );
  expect(cut, `${page.url()} at ${page.viewportSize()?.width} px`).toEqual([]);
}

/** Runs in the page. Whether nothing that can be seen is being read or drawn: what is not near to that may never be. */
export function nothingIsReadInSight(): boolean {
  const waiting = document.querySelectorAll(
    "main .mantine-Skeleton-root, main figure:not(:has(svg.recharts-surface, table, figcaption))",
  );
  return [...waiting].every((one) => one.getBoundingClientRect().top > window.innerHeight);
}

/** Brings all of a page into sight once: what is read as it comes into sight is there from then on. */
export async function readToItsEnd(page: Page): Promise<void> {
  const unread = page.locator("main .mantine-Skeleton-root");
  while ((await unread.count()) > 0) {
    await page.evaluate(() => document.querySelector("main .mantine-Skeleton-root")?.scrollIntoView());
    await page.waitForFunction(nothingIsReadInSight);
  }
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await page.waitForFunction(nothingIsReadInSight);
  await page.evaluate(() => window.scrollTo(0, 0));
}
