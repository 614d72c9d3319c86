/** The pages about money, in the order of their tabs; a page has its tab once it is here. */
export const budgetsTabs = [
  { href: "/budgets", label: "Budgets" },
  { href: "/budgets/costs", label: "Costs" },
  { href: "/budgets/ledger", label: "Ledger" },
  { href: "/budgets/prices", label: "Prices" },
  { href: "/budgets/truth", label: "Truth" },
] as const;
