"use client";

import { Skeleton } from "@mantine/core";
import type { FileView } from "../../../pipeline/files/file-view.ts";
import { formatCount, formatCounted } from "../../format/count.ts";
import { formatUnitPrice, sumNanoUsd } from "../../format/money.ts";
import { MoneyText } from "../../format/money-text.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { FailureState } from "../../states/failure-state.tsx";
import sheet from "../sheet.module.css";
import { costsByMeter, costsByStep, type MeterCost } from "./costs.model.ts";
import { costsQuery } from "./costs.query.ts";
import classes from "./costs-tab.module.css";

/** What the file cost over all its runs, by meter and by step, from the entries of the ledger. */
export function CostsTab({ file }: { file: FileView }) {
  const costs = useLiveQuery(costsQuery(file));
  if (costs.data === undefined) {
    if (costs.error === null) return <Skeleton height={220} />;
    return (
      <FailureState
        title="The ledger could not be read"
        error={costs.error}
        onRetry={() => void costs.refetch()}
      />
    );
  }
  const { items, complete } = costs.data;
  if (items.length === 0) {
    return <EmptyState title="Nothing was charged yet" text="Each attempt writes its entries as it ends." />;
  }
  return (
    <>
      {!complete && (
        <p className={sheet.note}>
          Summed over the first {formatCount(items.length)} entries; the file has more of them.
        </p>
      )}
      <div className={classes.both}>
        <MeterTable costs={costsByMeter(items)} total={sumNanoUsd(items.map(({ nanoUsd }) => nanoUsd))} />
        <StepTable costs={costsByStep(items)} />
      </div>
    </>
  );
}

function MeterTable({ costs, total }: { costs: readonly MeterCost[]; total: bigint }) {
  return (
    <section className={sheet.scroll} aria-label="Cost by meter">
      <table className={`${sheet.sheet} ${classes.meters}`}>
        <thead>
          <tr>
            <th>Meter</th>
            <th className={sheet.number}>Quantity</th>
            <th className={sheet.number}>Unit price</th>
            <th>Share</th>
            <th className={sheet.number}>Total</th>
          </tr>
        </thead>
        <tbody>
          {costs.map((cost) => (
            <MeterRow key={cost.key} cost={cost} />
          ))}
        </tbody>
        <tfoot>
          <tr className={sheet.total}>
            <th scope="row" colSpan={4}>
              Total of{" "}
              {formatCounted(
                costs.reduce((sum, cost) => sum + cost.entries, 0),
                "entry",
                "entries",
              )}
            </th>
            <td className={`${sheet.number} ${classes.amount}`}>
              <MoneyText nanoUsd={total} />
            </td>
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function MeterRow({ cost }: { cost: MeterCost }) {
  return (
    <tr>
      <td className={classes.meter}>
        <span className={sheet.tight}>{cost.meter}</span>
        <div className={sheet.quiet}>{cost.model ?? cost.provider}</div>
        {cost.estimated > 0 && (
          <div className={classes.estimated}>
            {formatCounted(cost.estimated, "entry", "entries")} at the estimate
          </div>
        )}
      </td>
      <td className={`${sheet.number} ${classes.quantity}`}>{formatCount(cost.quantity)}</td>
      <td className={`${sheet.number} ${sheet.quiet} ${classes.price}`}>
        {formatUnitPrice(cost.unitNanoUsd, cost.unit)}
      </td>
      <td className={classes.share}>
        <span className={classes.bar} style={{ width: `${cost.share * 100}%` }} aria-hidden="true" />
        <span className={sheet.spoken}>{Math.round(cost.share * 100)} %</span>
      </td>
      <td className={`${sheet.number} ${classes.amount}`}>
        <MoneyText nanoUsd={cost.nanoUsd} />
      </td>
    </tr>
  );
}

function StepTable({ costs }: { costs: readonly { step: string; nanoUsd: bigint }[] }) {
  return (
    <section className={sheet.scroll} aria-label="Cost by step">
      <table className={sheet.sheet}>
        <thead>
          <tr>
            <th>Step</th>
            <th className={sheet.number}>Cost</th>
          </tr>
        </thead>
        <tbody>
          {costs.map(({ step, nanoUsd }) => (
            <tr key={step}>
              <td>{step}</td>
              <td className={sheet.number}>
                <MoneyText nanoUsd={nanoUsd} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
