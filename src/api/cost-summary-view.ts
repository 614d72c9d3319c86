import { type LedgerLink, ledgerLink } from "../costs/ledger/ledger-link.ts";
import type { CostSummary } from "../costs/reports/cost-summary.ts";
import type { CostSummaryView } from "../costs/reports/cost-views.ts";

/** The costs at a glance as the API shows them, each figure with what opens its entries. */
export function costSummaryView(
  found: CostSummary,
  asked: { from: Date; to: Date; project: string | undefined },
): CostSummaryView {
  const span = { from: asked.from.toISOString(), to: asked.to.toISOString() };
  const link = (more: LedgerLink) => ledgerLink({ project: asked.project, ...more, ...span });
  const { uploads, bytes, succeeded, failed, pages, chunks } = found.ingested;
  const ofDocuments = link({ step: found.ingestion.steps });
  return {
    ...span,
    nanoUsd: found.nanoUsd.toString(),
    entries: Number(found.entries),
    ledger: link({}),
    ingestion: { nanoUsd: found.ingestion.nanoUsd.toString(), ledger: ofDocuments },
    waste: {
      nanoUsd: found.waste.reduce((sum, kind) => sum + kind.nanoUsd, 0n).toString(),
      ledger: link({ waste: "any" }),
      kinds: found.waste.map(({ kind, nanoUsd, entries }) => ({
        kind,
        nanoUsd: nanoUsd.toString(),
        entries: Number(entries),
        ledger: link({ waste: kind }),
      })),
    },
    ingested: {
      uploads: Number(uploads),
      bytes: bytes.toString(),
      succeeded: Number(succeeded),
      failed: Number(failed),
      pages: Number(pages),
      chunks: Number(chunks),
      searchableMs: found.searchableMs,
    },
    perThousandPages: { nanoUsd: found.nanoUsdPerThousandPages?.toString() ?? null, ledger: ofDocuments },
  };
}
