import { formatCount } from "../format/count.ts";
import classes from "./choices.module.css";

/** A few things of which one is chosen, side by side. */
export function ChoiceRow<Value extends string>(props: {
  legend: string;
  choices: readonly { readonly value: Value; readonly label: string; readonly count?: number }[];
  /** Null where none of them is. */
  value: Value | null;
  onChange: (value: Value) => void;
}) {
  return (
    <fieldset className={classes.choices}>
      <legend className={classes.legend}>{props.legend}</legend>
      {props.choices.map(({ value, label, count }) => (
        <button
          key={value}
          type="button"
          className={classes.choice}
          aria-pressed={props.value === value}
          onClick={() => props.onChange(value)}
        >
          {label}
          {count !== undefined && <span className={classes.count}>{formatCount(count)}</span>}
        </button>
      ))}
    </fieldset>
  );
}
