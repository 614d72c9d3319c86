"use client";

import { Loader } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import Link from "next/link";
import type { Ref } from "react";
import { formatUnitPrice } from "../../format/money.ts";
import { DeedButton } from "../../me/deed-button.tsx";
import { rowLink } from "../../shell/row-focus.ts";
import folding from "../folding-table.module.css";
import { filterMoment } from "../ledger/filters/period.model.ts";
import { correctionText, modelWords, type PriceLine, quotedText } from "./price-book.model.ts";
import { concernedHref } from "./price-links.ts";
import classes from "./price-table.module.css";
import { SourceText } from "./source-text.tsx";

/** What one thing costs now. */
export function PriceRow(props: {
  line: PriceLine;
  lines: readonly PriceLine[];
  open: boolean;
  /** Takes the row, to be scrolled to. */
  shown: Ref<HTMLTableRowElement>;
  onOpen: () => void;
  onChange: () => void;
}) {
  const { line, open } = props;
  const shown = line.current ?? line.next;
  if (shown === null) return null;
  const from = shown.effectiveFrom;
  const model = modelWords(line, props.lines);
  return (
    <tr className={folding.row} ref={props.shown}>
      <td className={classes.what}>
        <button
          type="button"
          className={folding.open}
          aria-expanded={open}
          onClick={props.onOpen}
          {...rowLink}
        >
          <IconChevronRight className={folding.chevron} size={14} stroke={1.75} aria-hidden="true" />
          {line.meter}
        </button>
        <div className={folding.below}>
          {line.provider}
          {model !== null && ` · ${model}`}
        </div>
      </td>
      <td className={classes.price}>
        <div className={classes.amount}>{formatUnitPrice(shown.unitNanoUsd, shown.unit)}</div>
        {shown.perUnits > 1 && <div className={classes.quiet}>{quotedText(shown)}</div>}
        <Coming line={line} />
        {line.running !== null && (
          <p className={classes.running} role="status">
            <Loader size={11} aria-hidden="true" /> {correctionText(line.running)}
          </p>
        )}
      </td>
      <td className={classes.since} data-known={line.current !== null}>
        {line.current === null ? "not yet" : <time dateTime={from}>{from.slice(0, 10)}</time>}
      </td>
      <td className={classes.source}>
        <SourceText source={shown.source} />
        <div className={classes.quiet}>
          seen {shown.seenOn} ·{" "}
          <span className={classes.sure} data-confidence={shown.confidence}>
            {shown.confidence} confidence
          </span>
        </div>
      </td>
      <td className={classes.deeds}>
        <Link href={concernedHref({ ...line, from, until: shown.effectiveUntil })}>Entries</Link>
        <DeedButton
          deed="POST /api/v1/prices"
          variant="default"
          size="compact-xs"
          aria-haspopup="dialog"
          onClick={props.onChange}
        >
          Change
        </DeedButton>
      </td>
    </tr>
  );
}

function Coming({ line: { current, next } }: { line: PriceLine }) {
  if (next === null) return null;
  const price = current === null ? "" : `${formatUnitPrice(next.unitNanoUsd, next.unit)} `;
  return (
    <div className={classes.coming}>
      {price}from {filterMoment(next.effectiveFrom)}
    </div>
  );
}
