import type { Page } from "playwright";

/** What was seen while a page was busy for some frames. */
export interface Frames {
  /** From each frame to the next, in ms. */
  readonly betweenMs: readonly number[];
  /** Processor time of the page's own thread per frame, in ms: other work on the machine does not count in it. */
  readonly threadMs: number;
}

const frameCount = 180;

/** Scrolls or zooms the waterfall a little on each frame. */
export async function measureFrames(page: Page, action: "scroll" | "zoom"): Promise<Frames> {
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  const busyMs = async () => {
    const { metrics } = await session.send("Performance.getMetrics");
    return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
  };
  const before = await busyMs();
  const betweenMs = await page.evaluate(actOnFrames, { action, frameCount });
  const threadMs = ((await busyMs()) - before) / frameCount;
  await session.detach();
  return { betweenMs, threadMs };
}

/** Runs in the page. */
async function actOnFrames(input: { action: "scroll" | "zoom"; frameCount: number }): Promise<number[]> {
  const tree = document.querySelector("[role=tree]");
  if (tree === null) throw new TypeError("there is no tree on the page");
  const { right, top } = tree.getBoundingClientRect();
  const at = { clientX: right - 200, clientY: top + 50, ctrlKey: true, cancelable: true, bubbles: true };
  const betweenMs: number[] = [];
  let last = performance.now();
  for (let frame = 0; frame < input.frameCount; frame += 1) {
    if (input.action === "scroll") tree.scrollTop += 78;
    else tree.dispatchEvent(new WheelEvent("wheel", { ...at, deltaY: frame % 120 < 60 ? -30 : 30 }));
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const now = performance.now();
    betweenMs.push(now - last);
    last = now;
  }
  return betweenMs;
}
