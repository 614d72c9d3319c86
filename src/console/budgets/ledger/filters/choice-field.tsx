"use client";

import { Checkbox } from "@mantine/core";
import classes from "./choice-field.module.css";
import { FilterPopover } from "./filter-popover.tsx";

/** A filter with several values, any number of which may be chosen. */
export function ChoiceField(props: {
  name: string;
  choices: readonly { readonly value: string; readonly label: string }[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const { name, choices, chosen, onChange } = props;
  return (
    <FilterPopover name={name} on={chosen.length > 0} count={chosen.length}>
      <Checkbox.Group aria-label={name} value={[...chosen]} onChange={onChange}>
        <div className={classes.choices}>
          {choices.length === 0 && <p className={classes.none}>Nothing to choose from yet.</p>}
          {choices.map(({ value, label }) => (
            <Checkbox key={value} value={value} label={label} size="xs" />
          ))}
        </div>
      </Checkbox.Group>
    </FilterPopover>
  );
}
