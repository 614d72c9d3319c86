import { Button } from "@mantine/core";
import { EmptyState } from "../states/empty-state.tsx";

const texts = {
  "in-flight": {
    title: "Nothing is in flight",
    text: "No step is at work, and QStash has no message to deliver now. Upload a file to see one here.",
  },
  delayed: {
    title: "Nothing is delayed",
    text: "No step waits out a backoff, and none has a message for later.",
  },
} as const;

/** A list of steps with nothing in it: because of the filters, or because there is nothing. */
export function StepsEmpty(props: { list: keyof typeof texts; narrowed: boolean; onWiden: () => void }) {
  if (!props.narrowed) return <EmptyState {...texts[props.list]} />;
  return (
    <EmptyState title="No step matches" text="No step here is of this step and project.">
      <Button variant="default" onClick={props.onWiden}>
        Show all of them
      </Button>
    </EmptyState>
  );
}
