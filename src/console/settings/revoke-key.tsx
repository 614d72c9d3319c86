"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { z } from "zod";
import type { KeyView } from "../../triage/people/person-view.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { useSettingsDeed } from "./use-settings-deed.ts";

/** Makes a key invalid for good, after having asked once. */
export function RevokeKey({ apiKey }: { apiKey: KeyView }) {
  const [asking, setAsking] = useState(false);
  const revoke = useSettingsDeed({
    send: () => ({ method: "DELETE", path: `/api/v1/keys/${encodeURIComponent(apiKey.id)}` }),
    answer: z.unknown(),
    reread: ["keys"],
    done: () => `${apiKey.name} is revoked.`,
    onDone: () => setAsking(false),
  });
  if (apiKey.revokedAt !== null) return null;
  return (
    <>
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        aria-haspopup="dialog"
        aria-label={`Revoke ${apiKey.name}`}
        onClick={() => setAsking(true)}
      >
        Revoke
      </Button>
      {asking && (
        <ConfirmDialog
          title={`Revoke ${apiKey.name}`}
          deed="Revoke"
          pending={revoke.isPending}
          error={revoke.error}
          onConfirm={() => revoke.mutate(undefined)}
          onClose={() => setAsking(false)}
        >
          Whatever uses this key is refused within 15 seconds. It cannot be made valid again.
        </ConfirmDialog>
      )}
    </>
  );
}
