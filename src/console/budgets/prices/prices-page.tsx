"use client";

import { IconPlus } from "@tabler/icons-react";
import { useQueryStates } from "nuqs";
import type { PriceView } from "../../../costs/prices/price-view.ts";
import { ListTools } from "../../list/list-tools.tsx";
import { DeedButton } from "../../me/deed-button.tsx";
import { useLiveQuery } from "../../page/live.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { Loaded } from "../../states/loaded.tsx";
import { BudgetsFrame } from "../budgets-frame.tsx";
import { PriceDialog } from "./form/price-dialog.tsx";
import { bookLines, openLine } from "./price-book.model.ts";
import { priceKey } from "./price-links.ts";
import { PriceTable } from "./price-table.tsx";
import { PriceTableSkeleton } from "./price-table-skeleton.tsx";
import { pricesQuery } from "./prices.query.ts";
import { pricesState } from "./prices-state.ts";

/** The price book: what everything costs now, where that was read, and what it cost before. */
export function PricesPage() {
  const [, setState] = useQueryStates(pricesState);
  const prices = useLiveQuery(pricesQuery);
  return (
    <BudgetsFrame
      readAtMs={prices.dataUpdatedAt}
      actions={
        <>
          <ListTools path="/api/v1/prices" query={{}} />
          <DeedButton
            deed="POST /api/v1/prices"
            leftSection={<IconPlus size={14} stroke={1.75} />}
            onClick={() => void setState({ do: "add" }, { history: "push" })}
          >
            Add a price
          </DeedButton>
        </>
      }
    >
      <Loaded read={prices} loading={<PriceTableSkeleton />} failed="The price book could not be read">
        {(read) => <LoadedPrices prices={read} />}
      </Loaded>
    </BudgetsFrame>
  );
}

function LoadedPrices({ prices }: { prices: readonly PriceView[] }) {
  const [state, setState] = useQueryStates(pricesState);
  const lines = bookLines(prices);
  const open = openLine(lines, state.open);
  const close = () => void setState({ do: null });
  return (
    <>
      {lines.length === 0 ? (
        <EmptyState
          title="The price book is empty"
          text="Nothing can be metered without a price. The set-up brings the public prices; others can be added here."
        />
      ) : (
        <PriceTable
          lines={lines}
          open={open?.key ?? null}
          onOpen={(key) => void setState({ open: key }, { history: "replace" })}
          onChange={(key) => void setState({ open: key, do: "change" }, { history: "push" })}
        />
      )}
      {(state.do === "add" || (state.do === "change" && open !== null)) && (
        <PriceDialog
          before={state.do === "change" ? (open?.current ?? open?.history[0] ?? null) : null}
          lines={lines}
          onClose={close}
          onAdded={(price) => void setState({ do: null, open: priceKey(price) })}
        />
      )}
    </>
  );
}
