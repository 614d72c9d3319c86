import { ChooseBox } from "./choose-box.tsx";
import { pageIsChosen } from "./chosen.model.ts";
import type { Choosing } from "./use-chosen.ts";

/** The box that chooses all rows of the page. */
export function PageBox<Item>({ choosing }: { choosing: Choosing<Item> }) {
  const { ids, every, page, words } = choosing;
  return (
    <ChooseBox
      label={`Choose all ${words[1]} on this page`}
      state={every ? "all" : pageIsChosen(ids, page)}
      onToggle={choosing.togglePage}
    />
  );
}

/** The box that chooses a row; none for a row that cannot be chosen. */
export function RowBox<Item>(props: { item: Item; chosen: boolean; choosing: Choosing<Item> }) {
  const { item, chosen, choosing } = props;
  const id = choosing.idOf(item);
  if (id === null) return null;
  return (
    <ChooseBox
      label={`Choose ${choosing.nameOf(item)}`}
      state={chosen ? "all" : "none"}
      disabled={choosing.every}
      onToggle={(shift) => choosing.toggle(id, shift)}
    />
  );
}
