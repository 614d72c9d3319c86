"use client";

import { Button } from "@mantine/core";
import Link from "next/link";
import { EmptyState } from "./empty-state.tsx";

/** The page for addresses that lead nowhere. */
export function NoSuchPage() {
  return (
    <main>
      <EmptyState whole title="There is no such page" text="The address may be cut short or out of date.">
        <Button component={Link} href="/" variant="default">
          To the overview
        </Button>
      </EmptyState>
    </main>
  );
}
