import { Button, Group } from "@mantine/core";
import { sentenceOf } from "../api-error.ts";
import classes from "./settings.module.css";

/** Why what was sent was refused. */
export function Refused({ error }: { error: Error | null }) {
  if (error === null) return null;
  return (
    <p className={classes.refused} role="alert">
      {sentenceOf(error)}
    </p>
  );
}

/** The end of a form in a dialog: why it was refused, the way back, and what it does. */
export function FormFoot(props: {
  deed: string;
  pending: boolean;
  error: Error | null;
  onClose: () => void;
}) {
  return (
    <>
      <Refused error={props.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={props.onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={props.pending}>
          {props.deed}
        </Button>
      </Group>
    </>
  );
}
