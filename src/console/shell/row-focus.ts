/** The attribute of the links that j and k move between. */
export const rowLink = { "data-row-link": true } as const;

/** Moves the focus to the next (1) or the previous (-1) row of the page's list; at an end it stays. */
export function moveFocus(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>("[data-row-link]")];
  const active = document.activeElement;
  const current = active instanceof HTMLElement ? rows.indexOf(active) : -1;
  const next = current === -1 ? (by === 1 ? 0 : rows.length - 1) : current + by;
  const row = rows[next];
  row?.focus();
  row?.scrollIntoView({ block: "nearest" });
}
