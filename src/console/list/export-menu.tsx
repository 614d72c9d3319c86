"use client";

import { Menu } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { exportRule } from "../../access/export-rules.ts";
import { type Query, queryString } from "../api-client.ts";
import { formatCount } from "../format/count.ts";
import { useMe } from "../me/me.tsx";
import { ToolMenu } from "./tool-menu.tsx";

/**
 * Downloads a list as it is filtered and ordered, from its first row on.
 * @param props.path of the list in the API
 * @param props.query what the page asks it with, but for the page
 * @param props.csvHref where its CSV is, when that has more than the list's first rows
 * @param props.label what is exported, where a page has several lists
 */
export function ExportMenu(props: { path: string; query: Query; csvHref?: string; label?: string }) {
  const me = useMe();
  const { deed, mostRows } = exportRule(props.path);
  const refusal = deed === null ? null : me.refusal(deed);
  const href = (format: string) => `${props.path}${queryString({ ...props.query, cursor: null, format })}`;
  const forms = [
    { label: props.csvHref === undefined ? "CSV" : "CSV, all rows", href: props.csvHref ?? href("csv") },
    { label: "JSON", href: href("json") },
  ];
  return (
    <ToolMenu
      label={props.label ?? "Export"}
      icon={IconDownload}
      note={refusal ?? `As it is filtered, up to ${formatCount(mostRows)} rows`}
    >
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
