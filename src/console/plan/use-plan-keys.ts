import { notifications } from "@mantine/notifications";
import type { Selection } from "../../triage/plans/plan-view.ts";
import type { Choosing } from "../list/choose/use-chosen.ts";
import { useRowKeys } from "../list/choose/use-row-keys.ts";
import { useMe } from "../me/me.tsx";
import { tellNoPlan, useMakePlan } from "./use-make-plan.ts";

/** How the plan of what is chosen stands. */
export interface PlanKeys {
  readonly pending: boolean;
  /** Why no plan of what is chosen was made. */
  readonly error: Error | null;
  planChosen(): void;
}

/** The keys of a list whose rows can be requeued: x chooses one, r plans a requeue of it, or of what is chosen. */
export function usePlanKeys<Item>(list: {
  readonly items: readonly Item[];
  readonly keyOf: (item: Item) => string;
  /** What a row is called, and what is planned of it; null where it cannot be requeued. */
  readonly word: string;
  readonly selectionOf: (item: Item) => Selection | null;
  /** Where rows can be chosen; `chosen`: what is planned of these. */
  readonly choosing?: Choosing<Item>;
  readonly chosen?: Selection;
}): PlanKeys {
  const { word, choosing, chosen } = list;
  const me = useMe();
  const ofRow = useMakePlan();
  const ofChosen = useMakePlan();
  const pending = [ofRow, ofChosen].some((plan) => plan.isPending || plan.isSuccess);
  const may = me.can("POST /api/v1/plans");
  const planChosen = () => {
    if (chosen !== undefined && may && !pending) ofChosen.mutate({ selection: chosen });
  };
  useRowKeys({
    ...{ word, items: list.items, keyOf: list.keyOf },
    ...(choosing !== undefined && { choosing }),
    deed: {
      does:
        choosing === undefined
          ? `Plan a requeue of the ${word}`
          : `Plan a requeue of the ${word}, or of those that are chosen`,
      refusal: me.refusal("POST /api/v1/plans"),
      row(item) {
        const selection = list.selectionOf(item);
        if (selection === null)
          notifications.show({ title: "No plan was made", message: `This ${word} cannot be requeued.` });
        else if (!pending) ofRow.mutate({ selection }, { onError: tellNoPlan });
      },
      ...(choosing !== undefined && { chosen: planChosen }),
    },
  });
  return { pending, error: ofChosen.error, planChosen };
}
