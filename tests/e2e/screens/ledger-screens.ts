import type { Page } from "playwright";
import type { Screen } from "./screens.ts";

const widths = [360, 768, 1280, 1920];

/** The ledger: filtered, unfolded, and in every state. */
export function ledgerScreens(): Screen[] {
  const list = { path: "/budgets/ledger", width: 1280 } as const;
  return [
    ...widths.flatMap((width) => [
      { ...list, width, name: `ledger-${width}-light` },
      { ...list, width, name: `ledger-${width}-dark`, dark: true },
    ]),
    {
      ...list,
      name: "ledger-filtered",
      path: "/budgets/ledger?step=embed&step=index&meter=qstash.messages&waste=any&from=2026-01-01T00:00:00.000Z",
    },
    { ...list, name: "ledger-filtered-360", path: "/budgets/ledger?step=embed&waste=any", width: 360 },
    { ...list, name: "ledger-corrections", path: "/budgets/ledger?adjusting=true" },
    {
      ...list,
      name: "ledger-estimates-360-dark",
      path: "/budgets/ledger?estimated=true",
      width: 360,
      dark: true,
    },
    { ...list, name: "ledger-loading", answers: "never" },
    { ...list, name: "ledger-failing", answers: "fail" },
    { ...list, name: "ledger-empty", answers: "empty" },
    {
      ...list,
      name: "ledger-nothing-matches-360",
      path: "/budgets/ledger?model=none",
      answers: "empty",
      width: 360,
    },
    { ...list, name: "ledger-refused", path: "/budgets/ledger?waste=coffee" },
    { ...list, name: "ledger-entry", act: unfold },
    { ...list, name: "ledger-entry-360-dark", act: unfold, width: 360, dark: true },
    {
      ...list,
      name: "ledger-time",
      act: (page) => page.getByRole("button", { name: "Time", exact: true }).click(),
    },
    {
      ...list,
      name: "ledger-step-dark",
      dark: true,
      act: (page) => page.getByRole("button", { name: "Step" }).click(),
    },
  ];
}

/** The price book, its history and the form of a price. */
export function priceScreens(): Screen[] {
  const book = { path: "/budgets/prices", width: 1280 } as const;
  const key = "embedding.tokens~waybill~waybill/lexical-1536";
  const open = `/budgets/prices?open=${encodeURIComponent(key)}`;
  return [
    ...widths.flatMap((width) => [
      { ...book, width, name: `prices-${width}-light` },
      { ...book, width, name: `prices-${width}-dark`, dark: true },
    ]),
    { ...book, name: "prices-history", path: open },
    { ...book, name: "prices-history-360-dark", path: open, width: 360, dark: true },
    { ...book, name: "prices-loading", answers: "never" },
    { ...book, name: "prices-failing", answers: "fail" },
    { ...book, name: "prices-empty", answers: "empty" },
    { ...book, name: "prices-add", path: "/budgets/prices?do=add" },
    { ...book, name: "prices-add-360-dark", path: "/budgets/prices?do=add", width: 360, dark: true },
    {
      ...book,
      name: "prices-refused",
      path: "/budgets/prices?do=add",
      act: (page) => page.getByRole("button", { name: "See what changes" }).click(),
    },
    { ...book, name: "prices-change", path: `${open}&do=change` },
    { ...book, name: "prices-effect", path: `${open}&do=change`, act: preview },
    {
      ...book,
      name: "prices-effect-360-dark",
      path: `${open}&do=change`,
      act: preview,
      width: 360,
      dark: true,
    },
  ];
}

async function unfold(page: Page): Promise<void> {
  for (const key of ["j", "j"]) await page.keyboard.press(key);
  await page.keyboard.press("Enter");
}

async function preview(page: Page): Promise<void> {
  await page.getByLabel("Dollars").fill("0.04");
  await page.getByRole("button", { name: "See what changes" }).click();
  await page.getByRole("button", { name: /^Add it/ }).waitFor();
}
