import { Button, Tooltip } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { DeedButton } from "../../me/deed-button.tsx";
import { useMe } from "../../me/me.tsx";
import type { LedgerFilters } from "./filters/ledger-filters.ts";
import { csvHref, isNarrowed } from "./filters/ledger-query-of.ts";

const icon = <IconDownload size={14} stroke={1.8} aria-hidden="true" />;

/** Downloads the entries that the filters let through, all pages of them. */
export function CsvButton({ filters }: { filters: LedgerFilters }) {
  const which = isNarrowed(filters) ? "All entries that the filters let through" : "The whole ledger";
  if (!useMe().can("GET /api/v1/ledger.csv"))
    return (
      <DeedButton deed="GET /api/v1/ledger.csv" variant="default" leftSection={icon}>
        CSV
      </DeedButton>
    );
  return (
    <Tooltip label={`${which}, newest first`}>
      <Button
        component="a"
        href={csvHref(filters)}
        download="ledger.csv"
        variant="default"
        leftSection={icon}
      >
        CSV
      </Button>
    </Tooltip>
  );
}
