import { CloseButton, UnstyledButton } from "@mantine/core";
import classes from "./filter-chips.module.css";

/** A filter that is on, as it is shown and taken away. */
export interface FilterChip<Change> {
  readonly key: string;
  readonly name: string;
  /** Null where the name says it all. */
  readonly value: string | null;
  /** What takes it away. */
  readonly without: Change;
}

/** The filters that are on, each with what takes it away. */
export function FilterChips<Change>(props: {
  chips: readonly FilterChip<Change>[];
  onChange: (change: Change) => void;
  onClear: () => void;
}) {
  const { chips } = props;
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
