import { Button, Tooltip } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import type { LedgerFilters } from "./filters/ledger-filters.ts";
import { csvHref, isNarrowed } from "./filters/ledger-query-of.ts";

/** Downloads the entries that the filters let through, all pages of them. */
export function CsvButton({ filters }: { filters: LedgerFilters }) {
  const which = isNarrowed(filters) ? "All entries that the filters let through" : "The whole ledger";
  return (
    <Tooltip label={`${which}, newest first`}>
      <Button
        component="a"
        href={csvHref(filters)}
        download="ledger.csv"
        variant="default"
        leftSection={<IconDownload size={14} stroke={1.8} aria-hidden="true" />}
      >
        CSV
      </Button>
    </Tooltip>
  );
}
