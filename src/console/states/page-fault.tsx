"use client";

import { Button } from "@mantine/core";
import { EmptyState } from "./empty-state.tsx";

/** A page that met a fault of its own. */
export function PageFault({ onRetry }: { onRetry: () => void }) {
  return (
    <EmptyState
      title="This page met a fault"
      text="Nothing was lost: the work goes on without the page. If it happens again, the server's log has the reason."
    >
      <Button variant="default" onClick={onRetry}>
        Try again
      </Button>
    </EmptyState>
  );
}
