import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconDownload } from "@tabler/icons-react";
import { queryString } from "../api-client.ts";
import { DeedButton } from "../me/deed-button.tsx";
import { useMe } from "../me/me.tsx";
import { type AuditFilters, auditQueryOf, isNarrowed } from "./audit-state.ts";

const icon = <IconDownload size={14} stroke={1.75} aria-hidden="true" />;
const forms = [
  { form: "csv", label: "CSV" },
  { form: "json", label: "JSON" },
] as const;

/** Downloads the entries that the filters let through, all pages of them up to the cap that the menu states. */
export function AuditExport({ filters }: { filters: AuditFilters }) {
  if (!useMe().can("GET /api/v1/audit/export"))
    return (
      <DeedButton deed="GET /api/v1/audit/export" variant="default" leftSection={icon}>
        Export
      </DeedButton>
    );
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={icon}
          rightSection={<IconChevronDown size={14} stroke={1.75} aria-hidden="true" />}
        >
          Export
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {isNarrowed(filters) ? "What the filters let through" : "The whole log"}, newest first,
          <br />
          at most 100,000 entries
        </Menu.Label>
        {forms.map(({ form, label }) => (
          <Menu.Item
            key={form}
            component="a"
            href={`/api/v1/audit/export${queryString({ ...auditQueryOf(filters), form })}`}
            download={`audit.${form}`}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
