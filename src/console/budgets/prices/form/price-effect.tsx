"use client";

import { Button, Group, Stack } from "@mantine/core";
import type { PricePreview, PriceView } from "../../../../costs/prices/price-view.ts";
import { units } from "../../../../costs/prices/units.ts";
import { formatCount } from "../../../format/count.ts";
import { formatChange, formatMoney, formatUnitPrice } from "../../../format/money.ts";
import { useNow } from "../../../shell/now.tsx";
import { concernedHref } from "../price-links.ts";
import { type EffectRow, effectRows, effectSentence } from "./effect.model.ts";
import type { PriceBody } from "./price-draft.model.ts";
import classes from "./price-effect.module.css";

/** What the price would change, by project, before it is asked for once. */
export function PriceEffect(props: {
  body: PriceBody;
  preview: PricePreview;
  before: PriceView | null;
  sentence: string | null;
  pending: boolean;
  onBack: () => void;
  onConfirm: () => void;
}) {
  const { body, preview, before } = props;
  const corrects = preview.entries > 0;
  const now = useNow();
  return (
    <Stack gap="md">
      <dl className={classes.prices}>
        {before !== null && (
          <div>
            <dt>Present price</dt>
            <dd>{formatUnitPrice(before.unitNanoUsd, before.unit)}</dd>
          </div>
        )}
        <div>
          <dt>{before === null ? "Price" : "Price to be added"}</dt>
          <dd className={classes.next}>{unitPriceOf(body)}</dd>
        </div>
      </dl>
      <p>{effectSentence(preview, body.effectiveFrom === undefined, now)}</p>
      {corrects && <EffectTable body={body} preview={preview} />}
      {corrects && (
        <p className={classes.note}>
          No entry is changed: each that is wrong gets another beside it for the difference, and all sums and
          budgets follow.{before !== null && " The present price stays in the history."}
          {!preview.exact &&
            " Each is rounded by itself, so the sums may differ by half a nano-dollar an entry."}
        </p>
      )}
      {props.sentence !== null && (
        <p className={classes.error} role="alert">
          {props.sentence}
        </p>
      )}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={props.onBack} disabled={props.pending}>
          Back
        </Button>
        <Button onClick={props.onConfirm} loading={props.pending} data-autofocus>
          {corrects ? "Add it and correct the entries" : "Add it"}
        </Button>
      </Group>
    </Stack>
  );
}

function EffectTable({ body, preview }: { body: PriceBody; preview: PricePreview }) {
  const rows = effectRows(preview);
  const total = { ...preview, project: null, differenceNanoUsd: BigInt(preview.differenceNanoUsd) };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by key
    <section className={classes.scroll} aria-label="What changes, by project" tabIndex={0}>
      <table className={classes.table}>
        <thead>
          <tr>
            <th>Project</th>
            <th className={classes.number}>Entries</th>
            <th className={`${classes.number} ${classes.wide}`}>Now</th>
            <th className={`${classes.number} ${classes.wide}`}>Then</th>
            <th className={classes.number}>Change</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.project ?? "-"}>
              <td>
                <a href={concernedHref({ ...body, ...preview }, row)} target="_blank" rel="noreferrer">
                  {row.project ?? "no project"}
                </a>
              </td>
              <EffectCells row={row} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">In all</th>
            <EffectCells row={total} />
          </tr>
        </tfoot>
      </table>
    </section>
  );
}

function EffectCells({ row }: { row: EffectRow }) {
  return (
    <>
      <td className={classes.number}>{formatCount(row.entries)}</td>
      <td className={`${classes.number} ${classes.wide}`}>{formatMoney(row.presentNanoUsd)}</td>
      <td className={`${classes.number} ${classes.wide}`}>{formatMoney(row.nextNanoUsd)}</td>
      <td className={classes.number}>{formatChange(row.differenceNanoUsd)}</td>
    </>
  );
}

function unitPriceOf({ meter, nanoUsd, perUnits }: PriceBody): string {
  const unit = Object.entries(units).find(([name]) => name === meter)?.[1] ?? "unit";
  return formatUnitPrice(String(Number(nanoUsd) / perUnits), unit);
}
