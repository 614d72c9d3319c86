import type { Page } from "@playwright/test";

/** Beyond what a page has, so that a trap is seen as what it left out. */
const someMore = 40;

/** What can have the focus by Tab on the page as it is, in its order: each control by its tag and its name. */
export function tabStops(page: Page): Promise<string[]> {
  return page.evaluate(collectStops);
}

/**
 * Which of `stops` have had the focus after as many presses of Tab as there are of them, beginning at the top of the
 * page. What comes into the page on the way, as it comes into sight, is not asked for.
 */
export async function reachedByTab(page: Page, stops: readonly string[]): Promise<string[]> {
  const reached = new Set<string>();
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  for (let pressed = 0; pressed < stops.length + someMore && reached.size < stops.length; pressed += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => document.activeElement?.getAttribute("data-tab-stop"));
    if (stop) reached.add(stop);
  }
  return stops.filter((stop) => reached.has(stop));
}

/** Runs in the page: marks each stop, so that two controls of the same name are two. */
function collectStops(): string[] {
  const stops: string[] = [];
  const controls = document.querySelectorAll<HTMLElement>(
    "a[href], button, input, select, textarea, summary, [tabindex]",
  );
  for (const [at, control] of [...controls].entries()) {
    const disabled = control.matches(":disabled, [inert] *");
    const otherOfGroup = control instanceof HTMLInputElement && control.type === "radio" && !control.checked;
    if (
      control.tabIndex < 0 ||
      disabled ||
      otherOfGroup ||
      !control.checkVisibility({ visibilityProperty: true })
    )
      continue;
    const words = control.getAttribute("aria-label") ?? control.textContent.trim();
    const stop = control.dataset.tabStop ?? `${at} ${control.tagName} ${words.slice(0, 60)}`;
    control.dataset.tabStop = stop;
    stops.push(stop);
  }
  return stops;
}
