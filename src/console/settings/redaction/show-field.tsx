"use client";

import { useState } from "react";
import { z } from "zod";
import type { RedactedField } from "../../../triage/redaction/redaction-view.ts";
import { DeedButton } from "../../me/deed-button.tsx";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { useSettingsDeed } from "../use-settings-deed.ts";

/** Shows a field's values again, after having asked once. */
export function ShowField({ of: { id, field } }: { of: RedactedField }) {
  const [asking, setAsking] = useState(false);
  const show = useSettingsDeed({
    send: () => ({ method: "DELETE", path: `/api/v1/redaction/fields/${encodeURIComponent(id)}` }),
    answer: z.unknown(),
    reread: ["redaction", "audit", "file"],
    done: () => `Values of ${field} are shown again.`,
    onDone: () => setAsking(false),
  });
  return (
    <>
      <DeedButton
        deed="DELETE /api/v1/redaction/fields/{id}"
        variant="subtle"
        size="compact-sm"
        aria-haspopup="dialog"
        aria-label={`Show again: ${field}`}
        onClick={() => setAsking(true)}
      >
        Show again
      </DeedButton>
      {asking && (
        <ConfirmDialog
          title={`Show ${field} again`}
          deed="Show its values"
          pending={show.isPending}
          error={show.error}
          onConfirm={() => show.mutate(undefined)}
          onClose={() => setAsking(false)}
        >
          Everybody who may read a payload sees the values of this field again, those of the past too.
        </ConfirmDialog>
      )}
    </>
  );
}
