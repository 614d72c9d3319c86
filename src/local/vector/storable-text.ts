/** Why a text is refused that `isStorable` is false for. */
export const notStorable = "must not contain a NUL or half of a surrogate pair";

/** Whether Postgres keeps a text as it is: it has no NUL, and no UTF-8 for half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}
