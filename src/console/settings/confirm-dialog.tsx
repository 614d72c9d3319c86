import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { Refused } from "./form-foot.tsx";

/** Asks once before something that cannot be taken back. */
export function ConfirmDialog(props: {
  title: string;
  deed: string;
  pending: boolean;
  error: Error | null;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <Modal opened onClose={props.onClose} title={props.title} size="md">
      <Stack gap="md">
        <p>{props.children}</p>
        <Refused error={props.error} />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onClose} data-autofocus>
            Cancel
          </Button>
          <Button color="red" loading={props.pending} onClick={props.onConfirm}>
            {props.deed}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
