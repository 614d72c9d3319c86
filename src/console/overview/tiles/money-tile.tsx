import type { Read } from "../../../triage/overview/overview-view.ts";
import { forecastWords } from "../../budgets/words/forecast-words.ts";
import { formatCapped, formatCount, formatCounted } from "../../format/count.ts";
import { formatMoney } from "../../format/money.ts";
import { useNow } from "../../shell/now.tsx";
import { useTimeChoice } from "../../time/time-zone.tsx";
import classes from "./money-tile.module.css";
import { Figure, Tile, TileNote, TileRow, TileRows } from "./tile.tsx";

type Budget = Read<"money">["nearest"][number];

/** What is spent of what may be, and what waits for money. */
export function MoneyTile({ part }: { part: Read<"money"> | null }) {
  return (
    <Tile title="Budgets" href="/budgets" size="full" part={part} figure={heldFigure}>
      {({ nearest }) =>
        nearest.length === 0 ? (
          <TileNote>There is no budget: nothing limits what is spent.</TileNote>
        ) : (
          <TileRows side>
            {nearest.map((budget) => (
              <BudgetRow key={budget.id} budget={budget} />
            ))}
          </TileRows>
        )
      }
    </Tile>
  );
}

function heldFigure({ held, heldCapped, holding, budgets, capped }: Read<"money">) {
  if (holding > 0)
    return (
      <Figure
        value={formatCapped(held, heldCapped)}
        unit={`${held === 1 ? "step is" : "steps are"} held by ${formatCounted(holding, "budget")}`}
        tone="wait"
      />
    );
  return (
    <Figure
      value={formatCapped(budgets, capped)}
      unit={`${budgets === 1 ? "budget" : "budgets"}, nothing is held`}
    />
  );
}

function BudgetRow({ budget }: { budget: Budget }) {
  const now = useNow();
  const { timeZone } = useTimeChoice();
  const words = forecastWords({ ...budget, excessNanoUsd: "0" }, now, timeZone);
  return (
    <TileRow
      href={`/budgets?budget=${encodeURIComponent(budget.id)}`}
      label={<span className={classes.name}>{budget.name}</span>}
      note={
        <span className={classes.forecast} data-soon={words?.soon}>
          {budget.held > 0 && `Holds ${formatCapped(budget.held, budget.heldCapped)}. `}
          {words?.text ?? "It caps each file by itself."}
        </span>
      }
    >
      <Bar budget={budget} />
      <span className={classes.sums}>
        {formatMoney(budget.settledNanoUsd)}{" "}
        <span className={classes.of}>of {formatMoney(budget.limitNanoUsd)}</span>
      </span>
    </TileRow>
  );
}

function Bar({ budget: { settledNanoUsd, reservedNanoUsd, limitNanoUsd } }: { budget: Budget }) {
  const percentOf = (nanoUsd: string) =>
    Math.min(100, (Number(nanoUsd) / Math.max(1, Number(limitNanoUsd))) * 100);
  const settled = percentOf(settledNanoUsd);
  const reserved = Math.min(100 - settled, percentOf(reservedNanoUsd));
  return (
    <span
      className={classes.bar}
      role="img"
      aria-label={`${formatCount(Math.round(settled))} % spent, ${formatCount(Math.round(reserved))} % set aside`}
    >
      <span className={classes.settled} data-full={settled >= 100} style={{ width: `${settled}%` }} />
      <span className={classes.reserved} style={{ width: `${reserved}%` }} />
    </span>
  );
}
