import { type BrowserContext, expect } from "@playwright/test";
import { z } from "zod";
import type { Role } from "../../src/db/roles.ts";
import { fileViewSchema } from "../../src/pipeline/files/file-view.ts";
import { ask, type Product } from "./product.ts";

/** The first admin of every product that tests start. */
export const firstAdmin = { name: "Ada", email: "ada@waybill.example", password: "correct horse battery" };

/** Signs a browser in as the first admin, whom the product's link makes where nobody is there yet. */
export async function signInTo(product: Product, context: BrowserContext): Promise<void> {
  const { name, email, password } = firstAdmin;
  const token = product.firstAdminUrl?.split("/").at(-1);
  const post = (path: string, data: object) =>
    context.request.post(product.url + path, { data, headers: { origin: product.url } });
  const joined =
    token === undefined ? undefined : await post("/api/session/join", { token, name, email, password });
  if (joined?.ok()) return;
  expect((await post("/api/session", { email, password })).status()).toBe(200);
}

/** Signs a browser in as somebody else, whom the product's key invites. */
export async function joinAs(
  product: Pick<Product, "url" | "apiKey">,
  context: BrowserContext,
  role: Role,
): Promise<void> {
  const invited = await fetch(`${product.url}/api/v1/invitations`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.apiKey}`, "content-type": "application/json" },
    body: JSON.stringify({ role }),
  });
  const { url, id } = z.object({ id: z.string(), url: z.url() }).parse(await invited.json());
  const data = {
    token: url.split("/").at(-1),
    name: "Grace",
    email: `${id.slice(-8)}@waybill.example`,
    password: firstAdmin.password,
  };
  const joined = await context.request.post(`${product.url}/api/session/join`, {
    data,
    headers: { origin: product.url },
  });
  expect(joined.status()).toBe(201);
}

/** Uploads Markdown to the default project. @returns the id of the file */
export async function uploadText(product: Product, name: string, text: string): Promise<string> {
  const form = new FormData();
  form.append("project", "default");
  form.append("file", new Blob([text], { type: "text/markdown" }), name);
  const headers = { authorization: `Bearer ${product.apiKey}` };
  const answer = await fetch(`${product.url}/api/upload`, { method: "POST", headers, body: form });
  return z.object({ fileId: z.string() }).parse(await answer.json()).fileId;
}

/** Waits until a file has come to rest as it should. */
export async function settled(
  product: Product,
  fileId: string,
  status: "failed" | "succeeded" = "succeeded",
): Promise<void> {
  await expect
    .poll(async () => (await ask(product, `/api/v1/files/${fileId}`, fileViewSchema)).status, {
      timeout: 60_000,
    })
    .toBe(status);
}
