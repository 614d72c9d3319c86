import lighthouse, { desktopConfig } from "lighthouse";
import { figure } from "../report.ts";
import type { BenchedPage } from "./javascript.ts";

const goal = 95;
const categories = ["performance", "accessibility", "best-practices"];

/** Prints what Lighthouse gives a page for a desktop, of 100. @param options.debugPort of a running browser */
export async function benchLighthouse(options: {
  page: BenchedPage;
  debugPort: number;
  cookie: string;
}): Promise<void> {
  const { page, debugPort, cookie } = options;
  const run = await lighthouse(
    page.url,
    { port: debugPort, onlyCategories: categories, extraHeaders: { Cookie: cookie }, logLevel: "error" },
    desktopConfig,
  );
  for (const id of categories) {
    const category = run?.lhr.categories[id];
    figure(`${page.name}, ${id}`, (category?.score ?? 0) * 100, "points", { name: "goal", value: goal });
    for (const { id: auditId, weight } of category?.auditRefs ?? []) {
      const audit = run?.lhr.audits[auditId];
      if (weight > 0 && audit?.score !== null && audit !== undefined && audit.score < 0.9)
        console.log(`  ${auditId}: ${audit.displayValue ?? audit.title}`);
    }
  }
}
