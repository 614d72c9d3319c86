import type { Browser, BrowserContextOptions, Page } from "@playwright/test";
import { createDataFolder, type Product, startProduct } from "./product.ts";
import { signInTo } from "./signed-in.ts";

/** A started product, and a browser that is signed in to it as the first admin. */
export interface OpenedConsole {
  readonly product: Product;
  readonly page: Page;
  /** A page in a context of its own, signed in as the first one is. Whoever asks for it closes its context. */
  readonly newPage: (options?: BrowserContextOptions) => Promise<Page>;
  /** Closes the context of the first page, ends the product and removes its data. */
  readonly close: () => Promise<void>;
}

/**
 * Starts the product on a data folder of its own and signs a browser in to it.
 * @param options.control lets the test inject faults into the stand-ins; all else is of every page's context
 */
export async function openConsole(
  browser: Browser,
  { control = false, ...options }: BrowserContextOptions & { control?: boolean } = {},
): Promise<OpenedConsole> {
  const data = await createDataFolder();
  const product = await startProduct(data.path, { control });
  const ofEvery = { baseURL: product.url, ...options };
  const context = await browser.newContext(ofEvery);
  const close = async () => {
    await context.close();
    await product.stop();
    await data.remove();
  };
  try {
    await signInTo(product, context);
    const storageState = await context.storageState();
    return {
      product,
      page: await context.newPage(),
      newPage: async (own = {}) => (await browser.newContext({ ...ofEvery, storageState, ...own })).newPage(),
      close,
    };
  } catch (error) {
    // Nobody else could end it: it does not end with the test run.
    await close();
    throw error;
  }
}
