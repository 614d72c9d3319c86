import type { Bill } from "../../costs/plans/plan-view.ts";
import { type QuotaRow, quotaRows } from "../../costs/plans/quota-rows.ts";

/** What a meter's first word stands for. */
const areaNames: Readonly<Record<string, string>> = {
  qstash: "QStash",
  embedding: "AI Gateway",
  vector: "Upstash Vector",
  blob: "Vercel Blob",
  compute: "Vercel functions",
  sandbox: "Vercel Sandbox",
  db: "Neon Postgres",
};

/** What was used of a meter this month, as it is shown. */
export interface PlanUse extends QuotaRow {
  readonly key: string;
  /** Whose meter it is. */
  readonly name: string;
}

/** A month's bill by meter, in the order of whose it is. What a plan includes is there unused too. */
export function planUses(bill: Bill): PlanUse[] {
  return quotaRows(bill)
    .map((row) => ({ ...row, key: `${row.provider} ${row.meter}`, name: nameOf(row.meter, row.provider) }))
    .toSorted((a, b) => a.name.localeCompare(b.name) || a.meter.localeCompare(b.meter));
}

function nameOf(meter: string, provider: string): string {
  return areaNames[meter.split(".")[0] ?? ""] ?? provider;
}
