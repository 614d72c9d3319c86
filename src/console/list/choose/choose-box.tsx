import { IconCheck, IconMinus } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import classes from "./choose-box.module.css";

/**
 * A box that is ticked, half ticked or not. A button and no input, so that the keys of the page work on while it
 * has the focus, and a click tells whether Shift was held.
 */
export function ChooseBox(props: {
  label: string;
  state: "all" | "some" | "none";
  disabled?: boolean;
  onToggle: (shift: boolean) => void;
}) {
  const { state } = props;
  return (
    // biome-ignore lint/a11y/useSemanticElements: an input would keep the keys of the page to itself
    <button
      type="button"
      role="checkbox"
      className={classes.box}
      aria-checked={state === "some" ? "mixed" : state === "all"}
      aria-label={props.label}
      aria-disabled={props.disabled === true}
      onClick={(event: MouseEvent) => props.onToggle(event.shiftKey)}
    >
      <span className={classes.square}>
        {state === "all" && <IconCheck size={12} stroke={2.5} aria-hidden="true" />}
        {state === "some" && <IconMinus size={12} stroke={2.5} aria-hidden="true" />}
      </span>
    </button>
  );
}
