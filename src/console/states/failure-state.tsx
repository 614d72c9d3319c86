import { Button } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { sentenceOf } from "../api-error.ts";
import classes from "./states.module.css";

/** What stands in place of data that could not be read. Never to be mistaken for an empty list. */
export function FailureState(props: { title: string; error: unknown; onRetry: () => void }) {
  return (
    <div className={classes.state} role="alert">
      <IconAlertTriangle className={classes.bad} size={24} stroke={1.75} aria-hidden="true" />
      <h2 className={classes.title}>{props.title}</h2>
      <p className={classes.text}>{sentenceOf(props.error)}</p>
      <Button variant="default" onClick={props.onRetry}>
        Try again
      </Button>
    </div>
  );
}
