/**
 * Makes one call of many: what is handed in while a call runs goes into the next one together. Each caller
 * waits for the call that took its item.
 */
export function batched<Item>(
  work: (items: readonly Item[]) => Promise<void>,
): (item: Item) => Promise<void> {
  let waiting: Item[] = [];
  let last: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;
  const run = () => {
    const items = waiting;
    waiting = [];
    next = undefined;
    return work(items);
  };
  return (item) => {
    waiting.push(item);
    if (!next) {
      next = last.then(run, run);
      last = next;
    }
    return next;
  };
}
