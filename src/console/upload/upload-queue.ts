/**
 * Runs tasks in order, at most `width` at a time, so that forty dropped files do not share the line forty ways.
 * Tasks must not reject.
 */
export function createUploadQueue(width: number): (task: () => Promise<void>) => void {
  const waiting: (() => Promise<void>)[] = [];
  let running = 0;
  async function work(): Promise<void> {
    running += 1;
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) await task();
    running -= 1;
  }
  return (task) => {
    waiting.push(task);
    if (running < width) void work();
  };
}
