"use client";

import { Button, Group, Select } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useState } from "react";
import { z } from "zod";
import type { Role } from "../../db/roles.ts";
import type { PersonView } from "../../triage/people/person-view.ts";
import { sentenceOf } from "../api-error.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { roleChoices, roleWords } from "./role-words.ts";
import { useSettingsDeed } from "./use-settings-deed.ts";

const rereads = ["people", "me", "sessions"];

/** What an admin does with a person: another role, or removal. */
export function PersonDeeds({ person }: { person: PersonView }) {
  const [removing, setRemoving] = useState(false);
  const setRole = useSettingsDeed({
    send: (role: Role) => ({
      method: "POST",
      path: `/api/v1/people/${encodeURIComponent(person.id)}/role`,
      body: { role },
    }),
    answer: z.unknown(),
    reread: rereads,
    done: (role) => `${person.name} is ${roleWords[role].one} now.`,
  });
  function choose(value: string | null) {
    const role = roleChoices.find((choice) => choice.value === value)?.value;
    if (role === undefined || role === person.role) return;
    setRole.mutate(role, {
      onError: (error) =>
        notifications.show({
          color: "red",
          title: `${person.name} keeps the role`,
          message: sentenceOf(error),
        }),
    });
  }
  return (
    <Group gap="xs" wrap="nowrap">
      <Select
        aria-label={`Role of ${person.name}`}
        data={roleChoices}
        value={person.role}
        onChange={choose}
        allowDeselect={false}
        disabled={setRole.isPending}
        w="8rem"
      />
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        aria-haspopup="dialog"
        aria-label={`Remove ${person.name}`}
        onClick={() => setRemoving(true)}
      >
        Remove
      </Button>
      {removing && <RemoveDialog person={person} onClose={() => setRemoving(false)} />}
    </Group>
  );
}

function RemoveDialog({ person, onClose }: { person: PersonView; onClose: () => void }) {
  const remove = useSettingsDeed({
    send: () => ({ method: "DELETE", path: `/api/v1/people/${encodeURIComponent(person.id)}` }),
    answer: z.unknown(),
    reread: rereads,
    done: () => `${person.name} was removed.`,
    onDone: onClose,
  });
  return (
    <ConfirmDialog
      title={`Remove ${person.name}`}
      deed="Remove"
      pending={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(undefined)}
      onClose={onClose}
    >
      They are signed out everywhere within 15 seconds. What they did stays under their name; API keys that
      they made stay valid until they are revoked.
    </ConfirmDialog>
  );
}
