import { Button } from "@mantine/core";
import { EmptyState } from "../../states/empty-state.tsx";

/** The list with nothing in it: because of the filters, or because nothing was spent yet. */
export function LedgerEmpty({ narrowed, onWiden }: { narrowed: boolean; onWiden: () => void }) {
  if (narrowed) {
    return (
      <EmptyState title="No entry matches" text="Nothing was spent that all of these filters let through.">
        <Button variant="default" onClick={onWiden}>
          Show the whole ledger
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title="Nothing was spent yet"
      text="Every message, token, vector and second of work writes an entry with its price, whether it was of use or not."
    />
  );
}
