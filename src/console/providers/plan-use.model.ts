import type { Bill } from "../../costs/plans/plan-view.ts";

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

/** What was used of a meter this month, against what the plan includes. */
export interface PlanUse {
  readonly key: string;
  /** Whose meter it is. */
  readonly name: string;
  readonly meter: string;
  readonly unit: string;
  readonly used: number;
  /** Null where the plan includes none, or there is no plan. */
  readonly included: number | null;
  /** Of what is included, 0 and up; null where nothing is. */
  readonly share: number | null;
  readonly planName: string | null;
  /** What the plan does not include, nano-USD. */
  readonly nanoUsd: string;
  /** The query of the ledger that opens its entries; null where there is none. */
  readonly ledger: string | null;
}

/** A month's bill by meter: by whose it is, and of each the most used first. What a plan includes is there unused too. */
export function planUses({ providers }: Bill): PlanUse[] {
  const uses = providers.flatMap(({ provider, plan, lines }) => {
    const allowances = new Map(plan?.allowances.map((one) => [one.meter, one]));
    const used = lines.map((line): PlanUse => {
      const included = allowances.get(line.meter)?.quantity ?? null;
      const quantity = Number(line.quantity);
      return {
        key: `${provider} ${line.meter}`,
        name: nameOf(line.meter, provider),
        meter: line.meter,
        unit: line.unit,
        used: quantity,
        included,
        share: included === null ? null : quantity / included,
        planName: plan?.name ?? null,
        nanoUsd: (BigInt(line.nanoUsd) - BigInt(line.freeNanoUsd)).toString(),
        ledger: line.ledger,
      };
    });
    const unused = [...allowances.values()]
      .filter(({ meter }) => !lines.some((line) => line.meter === meter))
      .map(({ meter, unit, quantity }): PlanUse => {
        const of = { key: `${provider} ${meter}`, name: nameOf(meter, provider), meter, unit };
        const rest = { planName: plan?.name ?? null, nanoUsd: "0", ledger: null };
        return { ...of, used: 0, included: quantity, share: 0, ...rest };
      });
    return [...used, ...unused];
  });
  return uses.toSorted((a, b) => a.name.localeCompare(b.name) || a.meter.localeCompare(b.meter));
}

function nameOf(meter: string, provider: string): string {
  return areaNames[meter.split(".")[0] ?? ""] ?? provider;
}
