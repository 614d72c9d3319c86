"use client";

import { Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { z } from "zod";
import { keyViewSchema } from "../../triage/people/person-view.ts";
import { useNow } from "../shell/now.tsx";
import { FormFoot } from "./form-foot.tsx";
import { expiryChoices, expiryOf } from "./key-expiry.ts";
import { roleChoices, roleWords } from "./role-words.ts";
import { ShownOnce } from "./shown-once.tsx";
import { useSettingsDeed } from "./use-settings-deed.ts";

const made = keyViewSchema.extend({ key: z.string() });

/** Makes an API key and shows it, once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const now = useNow();
  const form = useForm({
    initialValues: { name: "", role: "operator", days: "90" },
    validate: { name: (name) => (name.trim() === "" ? "What is it for?" : null) },
  });
  const create = useSettingsDeed({
    send: ({ name, role, days }: typeof form.values) => ({
      method: "POST",
      path: "/api/v1/keys",
      body: { name: name.trim(), role, expiresAt: expiryOf(days, now) },
    }),
    answer: made,
    reread: ["keys"],
  });
  if (create.data !== undefined) {
    return (
      <ShownOnce
        title={create.data.name}
        label="API key"
        secret={create.data.key}
        note={`Acts as ${roleWords[create.data.role].one}. It is not shown again.`}
        onClose={onClose}
      />
    );
  }
  return (
    <Modal opened onClose={onClose} title="New API key" size="md">
      <form onSubmit={form.onSubmit((values) => create.mutate(values))}>
        <Stack gap="md">
          <TextInput
            label="Name"
            description="What it is for"
            maxLength={100}
            data-autofocus
            {...form.getInputProps("name")}
          />
          <Select label="Role" data={roleChoices} allowDeselect={false} {...form.getInputProps("role")} />
          <Select
            label="Valid for"
            data={expiryChoices}
            allowDeselect={false}
            {...form.getInputProps("days")}
          />
          <FormFoot deed="Make the key" pending={create.isPending} error={create.error} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
