/** What is chosen after one was switched on or off, in the order of all. */
export function toggled<Value extends string>(
  all: readonly Value[],
  chosen: readonly Value[],
  value: Value,
): Value[] {
  return all.filter((each) => (each === value) !== chosen.includes(each));
}
