import serverless from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright";

/** Prints HTML as a PDF with an outline, by a real browser. @returns the bytes of the PDF */
export async function printPdf(html: string): Promise<Buffer> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent(html, { waitUntil: "load" });
    return await page.pdf({
      format: "A4",
      outline: true,
      tagged: true,
      margin: { top: "20mm", bottom: "20mm" },
    });
  } finally {
    await browser.close();
  }
}

/** The browser that comes inside an npm package on Linux; elsewhere the one that Playwright installed. */
async function launchBrowser(): Promise<Browser> {
  if (process.platform !== "linux") return chromium.launch();
  return chromium.launch({ executablePath: await serverless.executablePath(), args: serverless.args });
}
