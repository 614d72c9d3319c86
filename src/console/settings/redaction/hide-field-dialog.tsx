"use client";

import { Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { fieldName, redactedFieldSchema } from "../../../triage/redaction/redaction-view.ts";
import { FormFoot } from "../form-foot.tsx";
import { useSettingsDeed } from "../use-settings-deed.ts";

/** Names a field whose values are hidden from now on. */
export function HideFieldDialog({ onClose }: { onClose: () => void }) {
  const form = useForm({
    initialValues: { field: "", reason: "" },
    validate: { field: fieldCheck },
  });
  const hide = useSettingsDeed({
    send: ({ field, reason }: typeof form.values) => ({
      method: "POST",
      path: "/api/v1/redaction/fields",
      body: { field: field.trim(), ...(reason.trim() !== "" && { reason: reason.trim() }) },
    }),
    answer: redactedFieldSchema,
    reread: ["redaction", "audit", "file"],
    done: ({ field }) => `Values of ${field.trim()} are hidden from now on.`,
    onDone: onClose,
  });
  return (
    <Modal opened onClose={onClose} title="Hide a field" size="md">
      <form onSubmit={form.onSubmit((values) => hide.mutate(values))}>
        <Stack gap="md">
          <TextInput
            label="Field"
            description="A name, or the end of a path: account-number, customer.name, card*. Upper and lower case, - and _ make no difference."
            maxLength={100}
            data-autofocus
            {...form.getInputProps("field")}
          />
          <TextInput
            label="Why"
            description="Kept in the audit log"
            maxLength={500}
            {...form.getInputProps("reason")}
          />
          <FormFoot deed="Hide its values" pending={hide.isPending} error={hide.error} onClose={onClose} />
        </Stack>
      </form>
    </Modal>
  );
}

function fieldCheck(typed: string): string | null {
  if (typed.trim() === "") return "Which field?";
  const problem = fieldName.safeParse(typed).error?.issues[0]?.message;
  return problem === undefined ? null : `The name ${problem}`;
}
