import { IconChevronRight } from "@tabler/icons-react";
import { formatLocal } from "../format/moment.ts";
import { rowLink } from "../shell/row-focus.ts";
import folding from "./folding-table.module.css";
import { timeLines } from "./ledger/rows/entry.model.ts";

/**
 * The time of a row, in UTC and on the reader's clock: the button that unfolds the row, to which j and k lead.
 * @param props.what what the row is, where the time alone would not tell it to who hears the page
 */
export function UnfoldTime(props: { at: string; unfolded: boolean; what?: string; onUnfold: () => void }) {
  const { at, what } = props;
  const { utc, local } = timeLines(at, formatLocal(at));
  return (
    <>
      <button
        type="button"
        className={folding.open}
        aria-expanded={props.unfolded}
        aria-label={what === undefined ? undefined : `${what}, ${utc}`}
        onClick={props.onUnfold}
        {...rowLink}
      >
        <IconChevronRight className={folding.chevron} size={14} stroke={1.75} aria-hidden="true" />
        <time dateTime={at}>{utc}</time>
      </button>
      {local !== null && <div className={folding.below}>{local}</div>}
    </>
  );
}
