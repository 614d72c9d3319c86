import { Receiver } from "@upstash/qstash";
import fc from "fast-check";
import { expect, test } from "vitest";
import { signDelivery } from "./sign.ts";

test("the official receiver verifies it, for any destination and body, by the current key or the next", async () => {
  const delivery = fc.record({
    url: fc.webUrl({ withQueryParameters: true }),
    body: fc.string({ unit: "binary" }),
  });
  await fc.assert(
    fc.asyncProperty(delivery, fc.string({ minLength: 1 }), async ({ url, body }, secret) => {
      const key = `sig_${secret}`;
      const signature = signDelivery(key, { url, body: Buffer.from(body), nowMs: Date.now() });
      const current = new Receiver({ currentSigningKey: key, nextSigningKey: "sig_other" });
      expect(await current.verify({ signature, body, url })).toBe(true);
      const next = new Receiver({ currentSigningKey: "sig_other", nextSigningKey: key });
      expect(await next.verify({ signature, body, url })).toBe(true);
      await expect(next.verify({ signature, body: `${body}!`, url })).rejects.toThrow("body hash");
      await expect(next.verify({ signature, body, url: `${url}!` })).rejects.toThrow("subject");
    }),
    { numRuns: 50 },
  );
});

test("it is good for five minutes from when it was signed", async () => {
  const nowMs = Date.UTC(2030, 0, 1);
  const url = "https://a.test";
  const signature = signDelivery("sig_a", { url, body: Buffer.alloc(0), nowMs });
  const [, claims = ""] = signature.split(".");
  expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toMatchObject({
    ...{ iat: nowMs / 1000, exp: nowMs / 1000 + 300, nbf: 0 },
  });
});
