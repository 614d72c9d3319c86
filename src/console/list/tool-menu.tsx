"use client";

import { ActionIcon, Menu } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import { type ReactNode, useId, useState } from "react";

/** A tool of a list: a button with a sign, and the menu that it opens. @param props.note what is to be known of it */
export function ToolMenu(props: { label: string; icon: Icon; note: string; children: ReactNode }) {
  const { label, icon: Sign } = props;
  const noteId = useId();
  const [opened, setOpened] = useState(false);
  return (
    <Menu position="bottom-end" opened={opened} onChange={setOpened}>
      <Menu.Target>
        <ActionIcon variant="default" size={30} aria-label={label} data-hint={opened ? undefined : label}>
          <Sign size={14} stroke={1.75} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown aria-describedby={noteId}>
        <Menu.Label id={noteId}>{props.note}</Menu.Label>
        {props.children}
      </Menu.Dropdown>
    </Menu>
  );
}
