import type { Screen } from "./screens.ts";
import { inAllWidths, listScreens } from "./triage-screens.ts";

/** The pages of the house: the step graph and the audit log. */
export function houseScreens(): Screen[] {
  const path = "/pipeline";
  const against = "/pipeline?against=0";
  const first = async (page: Parameters<NonNullable<Screen["act"]>>[0]) => {
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForTimeout(300);
  };
  return [
    ...listScreens("audit", "/audit", "/audit?subject=zzzz"),
    { name: "audit-unfolded", path: "/audit", width: 1280, act: first },
    { name: "audit-unfolded-360-dark", path: "/audit", width: 360, dark: true, act: first },
    { name: "audit-filtered", path: "/audit?action=file.requeue&action=budget.create", width: 1280 },
    ...inAllWidths("pipeline", path),
    { name: "pipeline-loading", path, width: 1280, answers: "never" },
    { name: "pipeline-failing", path, width: 1280, answers: "fail" },
    { name: "pipeline-step", path: `${path}?step=embed`, width: 1280, whole: true },
    { name: "pipeline-step-360-dark", path: `${path}?step=embed`, width: 360, whole: true, dark: true },
    { name: "pipeline-runs", path: `${path}?runs=all`, width: 1280, whole: true },
    // Of a version 0 where one has run; else the page of a version that is not there.
    { name: "pipeline-against", path: against, width: 1440, whole: true },
    { name: "pipeline-against-360-dark", path: against, width: 360, whole: true, dark: true },
    { name: "pipeline-none", path: `${path}?version=99`, width: 1280 },
  ];
}
