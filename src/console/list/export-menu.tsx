"use client";

import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { type Query, queryString } from "../api-client.ts";

/**
 * Downloads a list as it is filtered and ordered, from its first row on.
 * @param props.path of the list in the API
 * @param props.query what the page asks it with, but for the page
 * @param props.csvHref where its CSV is, when that has more than the list's first rows
 */
export function ExportMenu(props: { path: string; query: Query; csvHref?: string }) {
  const href = (format: string) => `${props.path}${queryString({ ...props.query, cursor: null, format })}`;
  return (
    <Menu position="bottom-end">
      <Tooltip label="Export">
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="Export">
            <IconDownload size={15} stroke={1.7} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
      </Tooltip>
      <Menu.Dropdown>
        <Menu.Label>As it is filtered, up to 10,000 rows</Menu.Label>
        <Menu.Item component="a" href={props.csvHref ?? href("csv")} download>
          {props.csvHref === undefined ? "CSV" : "CSV, all rows"}
        </Menu.Item>
        <Menu.Item component="a" href={href("json")} download>
          JSON
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
