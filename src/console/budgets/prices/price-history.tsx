"use client";

import { Loader } from "@mantine/core";
import Link from "next/link";
import type { PriceView } from "../../../costs/prices/price-view.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { formatUnitPrice } from "../../format/money.ts";
import { filterMoment } from "../ledger/filters/period.model.ts";
import { correctionText, type PriceLine, quotedText } from "./price-book.model.ts";
import classes from "./price-history.module.css";
import { concernedHref } from "./price-links.ts";
import { SourceText } from "./source-text.tsx";

const statusWords: Readonly<Record<PriceView["status"], string>> = {
  current: "holds now",
  coming: "to come",
  past: "was",
  superseded: "replaced",
};

/** Every price that there was, the latest first; what was replaced by a later revision stays to be seen. */
export function PriceHistory({ line }: { line: PriceLine }) {
  return (
    <ol className={classes.history} aria-label={`History of ${line.meter}, ${line.provider}, ${line.model}`}>
      {line.history.map((price) => (
        <Revision key={price.id} price={price} />
      ))}
    </ol>
  );
}

function Revision({ price }: { price: PriceView }) {
  const { status, revision, effectiveFrom, effectiveUntil, addedAt } = price;
  const until = effectiveUntil === null ? "" : ` until ${filterMoment(effectiveUntil)}`;
  return (
    <li className={classes.revision} data-status={status}>
      <span className={classes.status}>{statusWords[status]}</span>
      <div className={classes.price}>
        <span className={classes.amount}>{formatUnitPrice(price.unitNanoUsd, price.unit)}</span>
        {price.perUnits > 1 && <span className={classes.quiet}> {quotedText(price)}</span>}
      </div>
      <div className={classes.when}>
        from {filterMoment(effectiveFrom)}
        {until}
        {revision > 1 && <span className={classes.quiet}> · revision {revision}</span>}
        {status !== "superseded" && status !== "coming" && (
          <>
            {" · "}
            <Link href={concernedHref({ ...price, from: effectiveFrom, until: effectiveUntil })}>
              entries
            </Link>
          </>
        )}
      </div>
      <div className={classes.source}>
        <SourceText source={price.source} />, seen {price.seenOn}, confidence {price.confidence}
        {addedAt === null ? "; brought along" : <AddedAt at={addedAt} />}
      </div>
      {price.correction !== null && <Correction price={price} correction={price.correction} />}
    </li>
  );
}

function AddedAt({ at }: { at: string }) {
  return (
    <>
      ; added <MomentText at={at} />
    </>
  );
}

function Correction(props: { price: PriceView; correction: NonNullable<PriceView["correction"]> }) {
  const { price, correction } = props;
  return (
    <div className={classes.correction} data-state={correction.state}>
      {correction.state === "running" && <Loader size={11} aria-hidden="true" />} {correctionText(correction)}
      {correction.adjusted > 0 && (
        <>
          {" · "}
          <Link
            href={concernedHref(
              { ...price, from: correction.from, until: correction.until },
              { adjusting: true },
            )}
          >
            the entries that correct them
          </Link>
        </>
      )}
    </div>
  );
}
