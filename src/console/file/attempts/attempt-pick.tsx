import { Checkbox, UnstyledButton } from "@mantine/core";
import { rowLink } from "../../shell/row-focus.ts";
import classes from "./attempt-pick.module.css";

/**
 * The box that takes an attempt into the comparison. A button and not a field, so that j and k go on from it to the
 * next row.
 */
export function AttemptPick(props: { name: string; chosen: boolean; onChoose: () => void }) {
  return (
    <UnstyledButton
      className={classes.pick}
      role="checkbox"
      aria-checked={props.chosen}
      aria-label={`Compare ${props.name}`}
      onClick={props.onChoose}
      {...rowLink}
    >
      <Checkbox.Indicator size="xs" checked={props.chosen} />
    </UnstyledButton>
  );
}
