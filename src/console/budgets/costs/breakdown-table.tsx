import { UnstyledButton } from "@mantine/core";
import type { CostChartView } from "../../../costs/reports/cost-views.ts";
import { formatCounted } from "../../format/count.ts";
import { MoneyText } from "../../format/money-text.tsx";
import { FigureLink } from "../figure-link.tsx";
import classes from "./breakdown-table.module.css";
import { costShares, shareText } from "./cost-chart.model.ts";
import type { Dimension } from "./costs-state.ts";

/** What each series came to; its name filters by it, its figure opens its entries. */
export function BreakdownTable(props: {
  chart: CostChartView;
  by: Dimension;
  picked: string | null;
  onPick: (key: string | null) => void;
}) {
  const { chart, by, picked, onPick } = props;
  return (
    <table className={classes.table}>
      <caption className={classes.caption}>What each {by} came to, dearest first</caption>
      <tbody>
        {costShares(chart, by).map(({ key, label, nanoUsd, share, entries, href }) => (
          <tr key={key} data-dimmed={picked !== null && picked !== key}>
            <th scope="row">
              {key === "" ? (
                label
              ) : (
                <UnstyledButton
                  className={classes.name}
                  aria-pressed={picked === key}
                  onClick={() => onPick(picked === key ? null : key)}
                >
                  {label}
                </UnstyledButton>
              )}
            </th>
            <td className={classes.share}>{shareText(share)}</td>
            <td className={classes.number} title={formatCounted(entries, "entry", "entries")}>
              <FigureLink href={href}>
                <MoneyText nanoUsd={nanoUsd} />
              </FigureLink>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
