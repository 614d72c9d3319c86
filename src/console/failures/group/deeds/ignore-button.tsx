"use client";

import { useState } from "react";
import { DeedButton } from "../../../me/deed-button.tsx";
import { IgnoreDialog } from "./ignore-dialog.tsx";

/** Ignores a group for a while or for ever. */
export function IgnoreButton({ id }: { id: string }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <DeedButton deed="POST /api/v1/failures/{id}/state" variant="default" onClick={() => setAsking(true)}>
        Ignore
      </DeedButton>
      {asking && <IgnoreDialog id={id} onClose={() => setAsking(false)} />}
    </>
  );
}
