"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { IgnoreDialog } from "./ignore-dialog.tsx";

/** Ignores a group for a while or for ever. */
export function IgnoreButton({ id }: { id: string }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        Ignore
      </Button>
      {asking && <IgnoreDialog id={id} onClose={() => setAsking(false)} />}
    </>
  );
}
