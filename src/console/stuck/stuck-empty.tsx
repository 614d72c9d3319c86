import { Button } from "@mantine/core";
import { EmptyState } from "../states/empty-state.tsx";

/** The list with nothing in it: because of the filters, or because everything goes on. */
export function StuckEmpty({ narrowed, onWiden }: { narrowed: boolean; onWiden: () => void }) {
  return (
    <EmptyState
      title={narrowed ? "No stuck step matches" : "Nothing is stuck"}
      text={
        narrowed
          ? "No step that does not go on has this reason, step and project together."
          : "Every step goes on as steps of its kind do. One that waits or runs for longer than 99 of 100 of them, and for a minute at least, appears here with its reason."
      }
    >
      {narrowed && (
        <Button variant="default" onClick={onWiden}>
          Show all stuck steps
        </Button>
      )}
    </EmptyState>
  );
}
