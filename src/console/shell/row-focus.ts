/** The attribute of the links that j and k move between. */
export const rowLink = { "data-row-link": true } as const;

/** Moves the focus to the next (1) or the previous (-1) row of the page's list; at an end it stays. */
export function moveFocus(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row-link]")];
  // From whatever has the focus in a row: its link, its box, or something that can be done about it.
  const active = document.activeElement;
  const within = active?.closest("[data-row]");
  const current = rows.findIndex((link) => link === active || within?.contains(link) === true);
  const next = current === -1 ? (by === 1 ? 0 : rows.length - 1) : current + by;
  const row = rows[next];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}

/** Moves the focus to the first thing that can be done about the row that has it. */
export function focusDeedOfRow(): void {
  const row = document.activeElement?.closest("[data-row]");
  row?.querySelector<HTMLElement>("[data-deeds] :is(a, button)")?.focus();
}

/** The key of the row of a list that has the focus, or a part of it; null where none has. */
export function focusedRow(): string | null {
  return document.activeElement?.closest<HTMLElement>("[data-row]")?.dataset.row ?? null;
}
