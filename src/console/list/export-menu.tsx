"use client";

import { Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { Deed } from "../../access/permissions.ts";
import { type Query, queryString } from "../api-client.ts";
import { useMe } from "../me/me.tsx";
import { ToolMenu } from "./tool-menu.tsx";

/**
 * Downloads a list as it is filtered and ordered, from its first row on.
 * @param props.path of the list in the API
 * @param props.query what the page asks it with, but for the page
 * @param props.deed what asks for more than a look at the list
 * @param props.csvHref where its CSV is, when that has more than the list's first rows
 */
export function ExportMenu(props: { path: string; query: Query; csvHref?: string; deed?: Deed }) {
  const me = useMe();
  const refusal = props.deed === undefined ? null : me.refusal(props.deed);
  const href = (format: string) => `${props.path}${queryString({ ...props.query, cursor: null, format })}`;
  const forms = [
    { label: props.csvHref === undefined ? "CSV" : "CSV, all rows", href: props.csvHref ?? href("csv") },
    { label: "JSON", href: href("json") },
  ];
  return (
    <ToolMenu label="Export" icon={IconDownload} note={refusal ?? "As it is filtered, up to 10,000 rows"}>
      {forms.map((form) =>
        refusal === null ? (
          <Menu.Item key={form.label} component="a" href={form.href} download>
            {form.label}
          </Menu.Item>
        ) : (
          <Menu.Item key={form.label} disabled>
            {form.label}
          </Menu.Item>
        ),
      )}
    </ToolMenu>
  );
}
