/**
 * An element: `h("p", { class: "quiet" }, "text", child)`. Text is always text, never markup. Attributes that
 * are undefined or false are left out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined));
  return element;
}

/** A table that becomes a list of cards where there is no room: each cell knows the name of its column. */
export function table(caption, columns, rows) {
  return h(
    "table",
    {},
    h("caption", { class: "unseen" }, caption),
    h("thead", {}, h("tr", {}, ...columns.map((column) => h("th", { scope: "col" }, column)))),
    h(
      "tbody",
      {},
      ...rows.map((cells) =>
        h("tr", {}, ...cells.map((cell, place) => h("td", { "data-label": columns[place] }, cell))),
      ),
    ),
  );
}

/** A sentence in place of what is missing because something failed. */
export function failure(text) {
  return h("p", { class: "notice bad" }, text);
}

/** A sentence in place of a list that is truly empty. */
export function empty(text) {
  return h("p", { class: "quiet" }, text);
}

const shown = new WeakMap();

/**
 * Shows what `render` makes of the data, and only when the data has changed: so selections and scroll
 * positions stay. The button that has the focus keeps it by its `data-key`.
 */
export function show(place, data, render) {
  const text = JSON.stringify(data) ?? "";
  if (shown.get(place) === text) return;
  shown.set(place, text);
  const key = place.contains(document.activeElement) ? document.activeElement.dataset.key : undefined;
  place.replaceChildren(...[render(data)].flat());
  if (key !== undefined) place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}
