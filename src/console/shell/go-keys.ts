/** The pages that `g` and a letter lead to. */
const pages: ReadonlyMap<string, string> = new Map([
  ["e", "/failures"],
  ["w", "/stuck"],
  ["r", "/requeues"],
  ["f", "/files"],
  ["s", "/search"],
  ["b", "/budgets"],
  ["d", "/dashboards"],
  ["c", "/reconciliation"],
  ["i", "/pipeline"],
  ["a", "/audit"],
  [",", "/settings"],
  ["p", "/providers"],
  ["q", "/queue"],
]);

/** For how long `g` waits for its letter, in ms. */
const patienceMs = 1_500;

/** Whether `g` was pressed, and when, in ms of the events' own clock. */
export interface GoState {
  readonly armedAtMs: number | null;
}

/** What a key does after those before it: where it leads to, if anywhere. Pure. */
export function nextGo(state: GoState, key: string, atMs: number): { state: GoState; href: string | null } {
  const armed = state.armedAtMs !== null && atMs - state.armedAtMs < patienceMs;
  if (armed && pages.has(key)) return { state: { armedAtMs: null }, href: pages.get(key) ?? null };
  return { state: { armedAtMs: key === "g" ? atMs : null }, href: null };
}
