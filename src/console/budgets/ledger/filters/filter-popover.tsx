"use client";

import { Button, Popover } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./filter-popover.module.css";

/** A button with the name of a filter that unfolds its control; marked while the filter is on. */
export function FilterPopover(props: { name: string; on: boolean; count?: number; children: ReactNode }) {
  return (
    <Popover position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="default"
          className={classes.target ?? ""}
          data-on={props.on || undefined}
          rightSection={<IconChevronDown size={14} stroke={1.75} aria-hidden="true" />}
        >
          {props.name}
          {props.count !== undefined && props.count > 0 && (
            <span className={classes.count}>{props.count}</span>
          )}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown ?? ""}>{props.children}</Popover.Dropdown>
    </Popover>
  );
}
