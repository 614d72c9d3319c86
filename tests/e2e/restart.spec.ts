import { expect, test } from "@playwright/test";
import { fileViewSchema, listOf, searchHitSchema } from "../../src/pipeline/files/file-view.ts";
import { acceptedUploadSchema } from "../../src/pipeline/files/upload-view.ts";
import { manualPdf } from "../support/documents/manual-pdf.ts";
import { ask, createDataFolder, type Product, startProduct } from "./product.ts";

/** Uploads through the API, as a client would. */
async function upload(product: Product, name: string, bytes: Buffer) {
  const form = new FormData();
  form.set("project", "default");
  form.set("file", new Blob([new Uint8Array(bytes)]), name);
  const response = await fetch(`${product.url}/api/upload`, {
    method: "POST",
    headers: { Authorization: `Bearer ${product.apiKey}` },
    body: form,
  });
  return acceptedUploadSchema.parse(await response.json());
}

test.setTimeout(600_000);

test("a run that was under way when the whole stack was killed is finished after the next start", async () => {
  const data = await createDataFolder();
  let product = await startProduct(data.path);
  try {
    const { fileId } = await upload(product, "long.pdf", manualPdf({ pages: 1500 }));
    await expect
      .poll(async () => (await ask(product, `/api/v1/files/${fileId}`, fileViewSchema)).attempts, {
        timeout: 60_000,
        intervals: [50],
      })
      .toBeGreaterThan(1);
    expect((await ask(product, `/api/v1/files/${fileId}`, fileViewSchema)).status).toBe("running");
    await product.kill();

    product = await startProduct(data.path);
    // Leases last as long as a step may take: the reconciler waits them out.
    await expect
      .poll(async () => (await ask(product, `/api/v1/files/${fileId}`, fileViewSchema)).status, {
        timeout: 400_000,
      })
      .toBe("succeeded");
    const file = await ask(product, `/api/v1/files/${fileId}`, fileViewSchema);
    expect(file.runHistory).toHaveLength(1);
    expect(file.runHistory[0]?.steps.every((step) => step.state === "succeeded")).toBe(true);
    const hits = await ask(
      product,
      "/api/v1/search?project=default&q=environment+variable",
      listOf(searchHitSchema),
    );
    expect(hits.items.some((hit) => hit.fileId === fileId)).toBe(true);
  } finally {
    await product.stop();
    await data.remove();
  }
});
