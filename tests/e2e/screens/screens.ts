import type { Page } from "playwright";
import { houseScreens } from "./house-screens.ts";
import { ledgerScreens, priceScreens } from "./ledger-screens.ts";
import { type TriageIds, triageScreens } from "./triage-screens.ts";

/** A picture to take. */
export interface Screen {
  readonly name: string;
  readonly path: string;
  readonly width: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** The whole page, not just what is in sight. */
  readonly whole?: boolean;
  /** What the API does instead of answering. */
  readonly answers?: "fail" | "never" | "empty";
  readonly act?: (page: Page) => Promise<void>;
}

const widths = [360, 768, 1280, 1920];

/** All pictures; pages of a single thing are left out when there is none. @param files ids by status */
export function screensOf(files: Readonly<Record<string, string>>, triage: TriageIds): Screen[] {
  return [
    ...listScreens(),
    ...fileScreens(files),
    ...triageScreens(triage),
    ...budgetScreens(),
    ...ledgerScreens(),
    ...priceScreens(),
    ...houseScreens(),
    ...otherScreens(),
  ];
}

function listScreens(): Screen[] {
  const list = { path: "/files", width: 1280 } as const;
  return [
    ...widths.flatMap((width) => [
      { ...list, width, name: `files-${width}-light` },
      { ...list, width, name: `files-${width}-dark`, dark: true },
    ]),
    { ...list, name: "files-failed", path: "/files?status=failed,held" },
    { ...list, name: "files-loading", answers: "never" },
    { ...list, name: "files-failing", answers: "fail" },
    { ...list, name: "files-empty", answers: "empty" },
    { ...list, name: "files-empty-360-dark", answers: "empty", width: 360, dark: true },
    { ...list, name: "files-nothing-matches", path: "/files?q=zzzz", answers: "empty" },
    { ...list, name: "files-upload", act: (page) => page.keyboard.press("u") },
    { ...list, name: "files-keys", act: (page) => page.keyboard.press("Shift+?") },
    { ...list, name: "files-row-focus", act: (page) => press(page, "j", 3) },
  ];
}

function fileScreens(files: Readonly<Record<string, string>>): Screen[] {
  const whole = true;
  return Object.entries(files).flatMap(([status, id]) => {
    const path = `/files/${id}`;
    const one = [
      { name: `file-${status}`, path, width: 1280, whole },
      { name: `file-${status}-360-dark`, path, width: 360, whole, dark: true },
    ];
    if (status !== "succeeded") return one;
    return [
      ...widths.map((width) => ({ name: `file-${width}`, path, width, whole })),
      { name: "file-dark", path, width: 1280, whole, dark: true },
      { name: "file-loading", path, width: 1280, answers: "never" as const },
      { name: "file-failing", path, width: 1280, answers: "fail" as const },
      ...["attempts", "costs", "pages", "chunks", "messages", "history"].flatMap((tab) => [
        { name: `file-${tab}`, path: `${path}?tab=${tab}`, width: 1280 },
        { name: `file-${tab}-360`, path: `${path}?tab=${tab}`, width: 360, whole },
        { name: `file-${tab}-dark`, path: `${path}?tab=${tab}`, width: 1280, dark: true },
      ]),
      {
        name: "file-trace-span",
        path,
        width: 1280,
        whole,
        act: async (page: Page) => {
          await page
            .getByRole("treeitem", { name: /^process/ })
            .first()
            .getByText("process")
            .first()
            .click();
          await page.waitForTimeout(300);
        },
      },
    ];
  });
}

function budgetScreens(): Screen[] {
  const whole = true;
  const first = async (page: Page) => {
    await page.getByRole("list", { name: "Budgets" }).getByRole("button").first().click();
    await page.waitForTimeout(500);
  };
  return ["budgets", "budgets/costs"].flatMap((page) => {
    const path = `/${page}`;
    const name = page.replace("/", "-");
    return [
      ...widths.map((width) => ({ name: `${name}-${width}`, path, width, whole })),
      { name: `${name}-dark`, path, width: 1280, whole, dark: true },
      { name: `${name}-360-dark`, path, width: 360, whole, dark: true },
      { name: `${name}-loading`, path, width: 1280, answers: "never" as const },
      { name: `${name}-failing`, path, width: 1280, answers: "fail" as const },
      ...(page === "budgets"
        ? [
            { name: "budgets-open", path, width: 1280, whole, act: first },
            { name: "budgets-open-360-dark", path, width: 360, whole, dark: true, act: first },
            { name: "budgets-new", path: "/budgets?do=new", width: 1280 },
            { name: "budgets-new-360", path: "/budgets?do=new", width: 360 },
            { name: "budgets-empty", path, width: 1280, answers: "empty" as const },
          ]
        : [
            { name: "budgets-costs-meter", path: `${path}?by=meter&range=24h`, width: 1280, whole },
            { name: "budgets-costs-empty", path: `${path}?from=2020-01-01&to=2020-02-01`, width: 1280 },
          ]),
    ];
  });
}

function otherScreens(): Screen[] {
  const path = "/search?q=notice+to+terminate+the+lease";
  return [
    { name: "search", path, width: 1280 },
    { name: "search-360-dark", path, width: 360, dark: true },
    { name: "search-start", path: "/search", width: 1280 },
    { name: "search-nothing", path, width: 1280, answers: "empty" },
    { name: "dashboards", path: "/dashboards", width: 1280, whole: true },
    { name: "dashboards-360-dark", path: "/dashboards", width: 360, whole: true, dark: true },
    { name: "dashboards-failing", path: "/dashboards", width: 1280, answers: "fail" },
    { name: "sign-in", path: "/sign-in", width: 1280 },
    { name: "sign-in-360-dark", path: "/sign-in", width: 360, height: 640, dark: true },
    { name: "join-over", path: "/join/link_gone", width: 768 },
    { name: "settings", path: "/settings", width: 1280 },
    { name: "settings-dark", path: "/settings", width: 1280, dark: true },
    { name: "settings-360", path: "/settings", width: 360 },
    { name: "people", path: "/settings/people", width: 1280 },
    { name: "people-360-dark", path: "/settings/people", width: 360, dark: true },
    { name: "people-invite", path: "/settings/people?do=invite", width: 1280 },
    { name: "keys", path: "/settings/keys", width: 1280 },
    { name: "keys-768-dark", path: "/settings/keys", width: 768, dark: true },
    { name: "keys-new", path: "/settings/keys?do=new", width: 1280 },
    { name: "not-found", path: "/nowhere", width: 1280 },
  ];
}

async function press(page: Page, key: string, times: number): Promise<void> {
  for (let at = 0; at < times; at += 1) await page.keyboard.press(key);
}
