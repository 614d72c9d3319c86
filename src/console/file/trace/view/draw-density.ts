import type { Density } from "../time/density.model.ts";

/** Draws what goes on over the whole time line: work from below, waits above it, failures at the foot. */
export function drawDensity(
  canvas: HTMLCanvasElement,
  density: Density,
  widthPx: number,
  heightPx: number,
): void {
  const ratio = window.devicePixelRatio;
  canvas.width = Math.round(widthPx * ratio);
  canvas.height = Math.round(heightPx * ratio);
  const pen = canvas.getContext("2d");
  if (pen === null) return;
  pen.scale(ratio, ratio);
  const styles = getComputedStyle(canvas);
  const columns = density.failed.length;
  // Edges on whole pixels of the screen: columns that share one would shimmer.
  const edge = (at: number) => Math.round((at / columns) * canvas.width) / ratio;
  const draw = (counts: Float64Array, most: number, roomPx: number, colour: string) => {
    pen.fillStyle = styles.getPropertyValue(colour);
    for (let at = 0; at < columns; at += 1) {
      const count = counts[at] ?? 0;
      if (count === 0) continue;
      // By the root, so that one among a thousand is still seen.
      const tall = Math.max(2, Math.sqrt(count / most) * roomPx);
      pen.fillRect(edge(at), heightPx - 4 - tall, edge(at + 1) - edge(at), tall);
    }
  };
  draw(density.waits, density.mostWaits, heightPx - 8, "--wb-line-strong");
  draw(density.work, density.mostWork, (heightPx - 8) * 0.8, "--wb-kind-step");
  pen.fillStyle = styles.getPropertyValue("--wb-bad");
  for (const [at, failed] of density.failed.entries()) {
    if (failed) pen.fillRect(edge(at), heightPx - 3, Math.max(edge(at + 1) - edge(at), 2), 3);
  }
}
