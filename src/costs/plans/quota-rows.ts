import { z } from "zod";
import type { Bill } from "./plan-view.ts";

/** What was used of a meter in a month, against what the provider's plan includes. */
export const quotaRowSchema = z.object({
  month: z.string(),
  provider: z.string().describe("as the ledger has it"),
  plan: z.string().nullable().describe("its plan's name; null where none is set"),
  meter: z.string(),
  unit: z.string(),
  quantity: z.string().describe("used, in the meter's units"),
  included: z.number().int().nullable().describe("null where the plan includes none, or there is no plan"),
  share: z.number().nullable().describe("of what is included, 0 and up; null where nothing is"),
  beyondNanoUsd: z.string().describe("what the plan does not include"),
  ledger: z.string().nullable().describe("the query of /api/v1/ledger that opens the entries; null for none"),
});

export type QuotaRow = z.output<typeof quotaRowSchema>;

/** A month's bill by meter, in the bill's order. What a plan includes is there unused too. Pure. */
export function quotaRows({ month, providers }: Bill): QuotaRow[] {
  return providers.flatMap(({ provider, plan, lines }) => {
    const of = { month, provider, plan: plan?.name ?? null };
    const allowances = new Map(plan?.allowances.map((one) => [one.meter, one]));
    const used = lines.map(({ meter, unit, quantity, nanoUsd, freeNanoUsd, ledger }): QuotaRow => {
      const included = allowances.get(meter)?.quantity ?? null;
      const share = included === null ? null : Number(quantity) / included;
      const beyondNanoUsd = (BigInt(nanoUsd) - BigInt(freeNanoUsd)).toString();
      return { ...of, meter, unit, quantity, included, share, beyondNanoUsd, ledger };
    });
    const unused = [...allowances.values()]
      .filter(({ meter }) => !lines.some((line) => line.meter === meter))
      .map(({ meter, unit, quantity: included }): QuotaRow => {
        const none = { quantity: "0", share: 0, beyondNanoUsd: "0", ledger: null };
        return { ...of, meter, unit, included, ...none };
      });
    return [...used, ...unused];
  });
}
