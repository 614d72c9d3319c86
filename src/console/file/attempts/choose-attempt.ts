/**
 * Takes an attempt into the choice, or out of it. Two can be compared: a third takes the place of the one that was
 * chosen first.
 */
export function chooseAttempt(chosen: readonly string[], id: string): string[] {
  if (chosen.includes(id)) return chosen.filter((other) => other !== id);
  return [...chosen, id].slice(-2);
}
