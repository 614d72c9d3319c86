import { Button } from "@mantine/core";
import { EmptyState } from "../../states/empty-state.tsx";

/** The list with nothing in it: because of the filters, or because nothing fails. */
export function FailuresEmpty({ narrowed, onWiden }: { narrowed: boolean; onWiden: () => void }) {
  return (
    <EmptyState
      title={narrowed ? "No failure matches" : "Nothing fails"}
      text={
        narrowed
          ? "No group has this state, project, step and time together."
          : "Documents that fail appear here by their causes, within the second. Nothing is open or has come back."
      }
    >
      <Button variant="default" onClick={onWiden}>
        {narrowed ? "Show all failures" : "Show the resolved and ignored"}
      </Button>
    </EmptyState>
  );
}
