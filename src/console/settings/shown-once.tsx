"use client";

import { Button, CopyButton, Group, Modal, Stack, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";

/** A secret that is shown here and never again, with a way to take it along. */
export function ShownOnce(props: {
  title: string;
  label: string;
  secret: string;
  note: string;
  onClose: () => void;
}) {
  return (
    <Modal opened onClose={props.onClose} title={props.title} size="lg" closeOnClickOutside={false}>
      <Stack gap="md">
        <TextInput
          label={props.label}
          description={props.note}
          value={props.secret}
          readOnly
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
          styles={{ input: { fontFamily: "var(--wb-mono)" } }}
        />
        <Group justify="flex-end" gap="xs">
          <CopyButton value={props.secret} timeout={2000}>
            {({ copied, copy }) => (
              <Button
                variant="default"
                leftSection={
                  copied ? <IconCheck size={14} stroke={1.75} /> : <IconCopy size={14} stroke={1.75} />
                }
                onClick={copy}
              >
                {copied ? "Copied" : "Copy"}
              </Button>
            )}
          </CopyButton>
          <Button onClick={props.onClose}>Done</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
