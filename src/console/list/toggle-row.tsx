import type { ReactNode } from "react";
import classes from "./choices.module.css";
import { toggled } from "./toggled.ts";

/** A few things of which any are chosen, side by side; their order stays. */
export function ToggleRow<Value extends string>(props: {
  legend: string;
  choices: readonly { readonly value: Value; readonly label: ReactNode }[];
  chosen: readonly Value[];
  onChange: (chosen: Value[]) => void;
}) {
  const { choices, chosen, onChange } = props;
  const all = choices.map(({ value }) => value);
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{props.legend}</legend>
      {choices.map(({ value, label }) => (
        <button
          key={value}
          type="button"
          className={classes.choice}
          aria-pressed={chosen.includes(value)}
          onClick={() => onChange(toggled(all, chosen, value))}
        >
          {label}
        </button>
      ))}
    </fieldset>
  );
}
