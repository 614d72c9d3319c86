/** For how long `g` waits for its letter, in ms. */
const patienceMs = 1_500;

/** Whether `g` was pressed, and when, in ms of the events' own clock. */
export interface GoState {
  readonly armedAtMs: number | null;
}

/**
 * What a key does after those before it: where it leads to, if anywhere. Pure.
 * @param pathOf where `g` and a letter lead to
 */
export function nextGo(
  state: GoState,
  key: string,
  atMs: number,
  pathOf: (key: string) => string | null,
): { state: GoState; href: string | null } {
  const armed = state.armedAtMs !== null && atMs - state.armedAtMs < patienceMs;
  const href = armed ? pathOf(key) : null;
  if (href !== null) return { state: { armedAtMs: null }, href };
  return { state: { armedAtMs: key === "g" ? atMs : null }, href: null };
}
