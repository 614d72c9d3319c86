import serverless from "@sparticuz/chromium";
import { chromium, type Page } from "playwright";
import { createDataFolder, startProduct } from "../../tests/e2e/product.ts";
import { signInTo } from "../../tests/e2e/signed-in.ts";
import { sampleTrace } from "../../tests/support/console/sample-trace.ts";
import { figure, heading, quantile } from "../report.ts";
import { type Frames, measureFrames } from "./frames.ts";
import { startSampledServer } from "./sampled-server.ts";

const rounds = 3;
const frameMs = 1000 / 60;

/** The waterfall in a browser: first paint, all spans read, and frames while it is scrolled and zoomed. */
export async function benchWaterfall(): Promise<void> {
  const data = await createDataFolder();
  const product = await startProduct(data.path);
  const sizes = [300, 10_000, 80_000];
  const traces = new Map(sizes.map((size) => [`sample_${size}`, sampleTrace(size)]));
  const server = await startSampledServer(product.url, traces);
  // Without a graphics card the browser would compute one; drawing by the processor is less work.
  const browser = await chromium.launch({
    ...(process.platform === "linux" ? { executablePath: await serverless.executablePath() } : {}),
    args: ["--no-sandbox", "--disable-gpu", "--headless=shell"],
  });
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  // The session holds for every port of the machine.
  await signInTo(product, context);
  for (const [id, { spans }] of traces) {
    heading(`The waterfall, ${spans.length} spans`);
    await benchOpening(() => context.newPage(), `${server.url}/files/${id}?tab=trace`);
    const page = await context.newPage();
    await openWhole(page, `${server.url}/files/${id}?tab=trace&folds=*`);
    report("scrolling by 3 rows a frame", await measureFrames(page, "scroll"));
    report("zooming by the wheel", await measureFrames(page, "zoom"));
    await page.close();
  }
  await browser.close();
  server.close();
  await product.stop();
  await data.remove();
}

async function benchOpening(newPage: () => Promise<Page>, url: string): Promise<void> {
  const firstMs: number[] = [];
  const allMs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const page = await newPage();
    const opened = await openWhole(page, url);
    firstMs.push(opened.firstMs);
    allMs.push(opened.allMs);
    await page.close();
  }
  figure(`address entered to first rows, median of ${rounds}`, quantile(firstMs), "ms");
  figure("address entered to all spans laid out", quantile(allMs), "ms");
}

async function openWhole(page: Page, url: string): Promise<{ firstMs: number; allMs: number }> {
  const startMs = performance.now();
  await page.goto(url, { waitUntil: "commit" });
  await page.getByRole("treeitem").first().waitFor();
  const firstMs = performance.now() - startMs;
  await page.getByText(/^[\d,]+ spans in \d runs/).waitFor({ timeout: 120_000 });
  return { firstMs, allMs: performance.now() - startMs };
}

function report(what: string, { betweenMs, threadMs }: Frames): void {
  const meanMs = betweenMs.reduce((sum, ms) => sum + ms, 0) / betweenMs.length;
  figure(`${what}, frames a second`, 1000 / meanMs, "", { name: "goal", value: 60 });
  figure(`${what}, between two frames, p95`, quantile(betweenMs, 0.95), "ms");
  figure(`${what}, processor time of the page's thread per frame`, threadMs, "ms", {
    name: "a frame has",
    value: frameMs,
  });
}
