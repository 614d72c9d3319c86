import Link from "next/link";
import type { Truth } from "../../../costs/truth/truth-view.ts";
import { formatCounted } from "../../format/count.ts";
import { MoneyText } from "../../format/money-text.tsx";
import classes from "./truth-list.module.css";
import { grouped, type ReasonRow, type TruthRow, truthRows } from "./truth-rows.model.ts";
import { TruthSign } from "./truth-sign.tsx";

/** A row for each meter: what the ledger has, what was metered, and why they differ. */
export function TruthList({ truth }: { truth: Truth }) {
  return (
    <ul className={classes.list} aria-label="Meters">
      {truthRows(truth).map((row) => (
        <li key={row.key} className={classes.row} data-state={row.state}>
          <h2 className={classes.meter}>
            {row.meter}
            {row.model !== null && <span className={classes.model}> {row.model}</span>}
          </h2>
          <Figures row={row} />
          <TruthSign state={row.state} word={row.stateWord} />
          {row.unexplained !== null && (
            <p className={classes.unexplained}>Nothing explains {row.unexplained}.</p>
          )}
          {row.unasked !== null && <p className={classes.note}>{row.unasked}</p>}
          {row.reasons.length > 0 && <Reasons reasons={row.reasons} />}
        </li>
      ))}
    </ul>
  );
}

function Figures({ row }: { row: TruthRow }) {
  const { ledger, metered, difference } = row;
  return (
    <dl className={classes.figures}>
      <div>
        <dt>ledger</dt>
        <dd>
          <Link href={ledger.href}>
            {grouped(ledger.quantity)} <span className={classes.unit}>({row.unit})</span>
          </Link>
        </dd>
        <dd className={classes.money}>
          <MoneyText nanoUsd={ledger.nanoUsd} />
        </dd>
      </div>
      <div>
        <dt>{metered === null ? "metered" : metered.source}</dt>
        <dd>{metered === null ? "–" : grouped(metered.quantity)}</dd>
        <dd className={classes.money}>
          {metered?.nanoUsd == null ? null : <MoneyText nanoUsd={metered.nanoUsd} />}
        </dd>
      </div>
      <div>
        <dt>difference</dt>
        <dd>{difference === null ? "–" : difference.quantity}</dd>
        <dd className={classes.money}>{difference?.money}</dd>
      </div>
    </dl>
  );
}

function Reasons({ reasons }: { reasons: readonly ReasonRow[] }) {
  return (
    <ul className={classes.reasons} aria-label="Reasons">
      {reasons.map(({ kind, title, text, room, href, entries }) => (
        <li key={`${kind} ${href} ${room}`}>
          <strong>{title}</strong>
          {room !== "" && <> {room}</>}
          {href !== null && entries !== null && (
            <>
              {" · "}
              <Link href={href}>{formatCounted(entries, "entry", "entries")}</Link>
            </>
          )}
          <p className={classes.note}>{text}</p>
        </li>
      ))}
    </ul>
  );
}
