import type { Page } from "playwright";

/** A picture of what a page shows when somebody has done something on it. */
export interface ActScreen {
  readonly name: string;
  readonly path: string;
  readonly act?: (page: Page) => Promise<unknown>;
}

const key =
  (...keys: string[]) =>
  async (page: Page) => {
    for (const each of keys) await page.keyboard.press(each);
  };

const click = (name: string | RegExp) => (page: Page) =>
  page.locator("main").getByRole("button", { name }).first().click();

/** What is opened, chosen, asked or found empty by its filter. */
export const acts: readonly ActScreen[] = [
  { name: "files-nothing-matches", path: "/files?q=zzzz" },
  { name: "failures-nothing-matches", path: "/failures?q=zzzz" },
  { name: "ledger-refused", path: "/budgets/ledger?waste=coffee" },
  { name: "pipeline-none", path: "/pipeline?version=99" },
  { name: "failure-none", path: "/failures/nothing" },
  { name: "files-upload", path: "/files", act: key("u") },
  { name: "files-keys", path: "/files", act: key("Shift+?") },
  { name: "files-row", path: "/files", act: key("j", "j", "j") },
  {
    name: "files-chosen",
    path: "/files?status=failed",
    act: (page) => page.getByRole("checkbox", { name: /^Choose all/ }).click(),
  },
  { name: "files-views", path: "/files", act: click("Saved views") },
  { name: "audit-export", path: "/audit", act: click("Export") },
  { name: "failures-keys", path: "/failures", act: key("Shift+?") },
  {
    name: "palette",
    path: "/",
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("note");
      await page.waitForTimeout(500);
    },
  },
  { name: "paused", path: "/failures", act: key("l") },
  { name: "ledger-entry", path: "/budgets/ledger", act: key("j", "j", "Enter") },
  { name: "audit-entry", path: "/audit", act: key("j", "Enter") },
  { name: "prices-add", path: "/budgets/prices?do=add" },
  { name: "budgets-new", path: "/budgets?do=new" },
  {
    name: "budgets-open",
    path: "/budgets",
    act: (page) => page.getByRole("list", { name: "Budgets" }).getByRole("button").first().click(),
  },
  { name: "people-invite", path: "/settings/people?do=invite" },
  { name: "keys-new", path: "/settings/keys?do=new" },
  { name: "alerts-new", path: "/settings/alerts?do=new" },
  { name: "redaction-hide", path: "/settings/redaction?do=hide" },
  { name: "stuck-give-up", path: "/stuck", act: click(/^Give up|^Fail/) },
  { name: "reconciliation-repair", path: "/reconciliation", act: click(/^Repair/) },
];
