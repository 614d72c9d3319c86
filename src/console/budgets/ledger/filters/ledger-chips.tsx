import { CloseButton, UnstyledButton } from "@mantine/core";
import { chipsOf } from "./chips.model.ts";
import classes from "./ledger-chips.module.css";
import type { FilterChange, LedgerFilters } from "./ledger-filters.ts";

/** The filters that are on, each with what takes it away. */
export function LedgerChips(props: {
  filters: LedgerFilters;
  fileName: string | null;
  onChange: (change: FilterChange) => void;
  onClear: () => void;
}) {
  const chips = chipsOf(props.filters, props.fileName);
  if (chips.length === 0) return null;
  return (
    <ul className={classes.chips} aria-label="Filters that are on">
      {chips.map(({ key, name, value, without }) => (
        <li key={key} className={classes.chip}>
          <span className={classes.text} title={value ?? name}>
            {value === null ? name : <span className={classes.name}>{name}</span>} {value}
          </span>
          <CloseButton
            size={20}
            iconSize={12}
            aria-label={`Take away ${name}${value === null ? "" : ` ${value}`}`}
            onClick={() => props.onChange(without)}
          />
        </li>
      ))}
      <li>
        <UnstyledButton className={classes.clear} onClick={props.onClear}>
          Clear all
        </UnstyledButton>
      </li>
    </ul>
  );
}
