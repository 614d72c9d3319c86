import type { Page } from "@playwright/test";

/** What can have the focus by Tab on the page as it is, in its order: each control by its tag and its name. */
export function tabStops(page: Page): Promise<string[]> {
  return page.evaluate(collectStops);
}

/**
 * What has the focus after each press of Tab, of as many presses as there are `stops`, beginning at the top of the page.
 * What is no stop is told by its tag.
 */
export async function reachedByTab(page: Page, stops: readonly string[]): Promise<string[]> {
  const reached: string[] = [];
  await page.evaluate(beginAtTheTop);
  while (reached.length < stops.length) {
    await page.keyboard.press("Tab");
    reached.push(await page.evaluate(whatHasTheFocus));
  }
  return reached;
}

/** Runs in the page. Without a focus, Tab would begin where something was last touched or brought into sight. */
function beginAtTheTop(): void {
  document.body.tabIndex = -1;
  document.body.focus({ preventScroll: true });
  document.body.removeAttribute("tabindex");
}

/** Runs in the page. */
function whatHasTheFocus(): string {
  const control = document.activeElement;
  return control?.getAttribute("data-tab-stop") ?? `no stop: ${control?.outerHTML.slice(0, 120)}`;
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
