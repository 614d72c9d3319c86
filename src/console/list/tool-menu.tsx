"use client";

import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";

/** A tool of a list: a button with a sign, and the menu that it opens. */
export function ToolMenu(props: { label: string; icon: Icon; children: ReactNode }) {
  const { label, icon: Sign } = props;
  return (
    <Menu position="bottom-end">
      <Tooltip label={label}>
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label={label}>
            <Sign size={15} stroke={1.7} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>{props.children}</Menu.Dropdown>
    </Menu>
  );
}
