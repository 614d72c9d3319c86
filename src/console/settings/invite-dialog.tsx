"use client";

import { Modal, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { z } from "zod";
import { invitationViewSchema } from "../../triage/people/person-view.ts";
import { FormFoot } from "./form-foot.tsx";
import { roleChoices, roleWords } from "./role-words.ts";
import { ShownOnce } from "./shown-once.tsx";
import { useSettingsDeed } from "./use-settings-deed.ts";

const made = invitationViewSchema.extend({ url: z.url() });

/** Makes the link of an invitation and shows it, once. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const form = useForm({ initialValues: { role: "operator", email: "" } });
  const invite = useSettingsDeed({
    send: ({ role, email }: typeof form.values) => ({
      method: "POST",
      path: "/api/v1/invitations",
      body: { role, ...(email.trim() !== "" && { email: email.trim() }) },
    }),
    answer: made,
    reread: ["invitations"],
  });
  if (invite.data !== undefined) {
    return (
      <ShownOnce
        title="The invitation"
        label="Link"
        secret={invite.data.url}
        note={`Makes one person ${roleWords[invite.data.role].one}, once, within three days. It is not shown again.`}
        onClose={onClose}
      />
    );
  }
  return (
    <Modal opened onClose={onClose} title="Invite somebody" size="md">
      <form onSubmit={form.onSubmit((values) => invite.mutate(values))}>
        <Stack gap="md">
          <Select
            label="Role"
            data={roleChoices}
            allowDeselect={false}
            data-autofocus
            {...form.getInputProps("role")}
          />
          <TextInput
            label="E-mail (may be left out)"
            description="Then the invitation is good for this address alone"
            type="email"
            {...form.getInputProps("email")}
          />
          <FormFoot deed="Make the link" pending={invite.isPending} error={invite.error} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}
