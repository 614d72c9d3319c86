import { Receiver } from "@upstash/qstash";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Received } from "./destination.ts";
import { secrets } from "./secrets.ts";
import { type StandIn, startStandIn } from "./stand-in.ts";

let standIn: StandIn;
beforeAll(async () => {
  standIn = await startStandIn();
});
afterAll(() => standIn.close());

async function deliver(path: string, body: string): Promise<{ request: Received; url: string }> {
  const { client, destination } = standIn;
  const url = `${destination.url}${path}`;
  await client.publish({ url, body });
  return { request: await destination.request(path.split("?")[0] ?? path), url };
}

const signatureOf = (request: Received) => request.headers.get("upstash-signature") ?? "";

describe("signing", () => {
  test("a delivery is signed for its URL and its body, and for nothing else", async () => {
    const { request, url } = await deliver("/signed?x=1", "Grüße");
    const receiver = new Receiver({
      currentSigningKey: secrets.currentSigningKey,
      nextSigningKey: "sig_other",
    });
    const signature = signatureOf(request);
    expect(await receiver.verify({ signature, body: request.body, url })).toBe(true);
    await expect(receiver.verify({ signature, body: `${request.body}!`, url })).rejects.toThrow("body hash");
    await expect(receiver.verify({ signature, body: request.body, url: `${url}2` })).rejects.toThrow(
      "subject",
    );
    const stranger = new Receiver({ currentSigningKey: "sig_a", nextSigningKey: "sig_b" });
    await expect(stranger.verify({ signature, body: request.body, url })).rejects.toThrow("signature");
  });

  test("the claims are those of the service, good for five minutes", async () => {
    const { request, url } = await deliver("/claims", "x");
    const claims = decodeJwt(signatureOf(request));
    expect(claims).toMatchObject({ iss: "Upstash", sub: url, nbf: 0, jti: expect.stringMatching(/^jwt_/) });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(300);
    const again = await deliver("/claims-again", "x");
    expect(decodeJwt(signatureOf(again.request)).jti).not.toBe(claims.jti);
  });

  test("after a rotation the next key signs, a receiver that knows both still verifies, and it lasts", async () => {
    const keys = async (method = "GET", path = "/v2/keys") => (await standIn.call(method, path)).json();
    expect(await keys()).toEqual({ current: secrets.currentSigningKey, next: secrets.nextSigningKey });
    const rotated = await keys("POST", "/v2/keys/rotate");
    expect(rotated.current).toBe(secrets.nextSigningKey);
    expect(rotated.next).toMatch(/^sig_/);
    const { request, url } = await deliver("/rotated", "x");
    const before = new Receiver(secrets);
    expect(await before.verify({ signature: signatureOf(request), body: request.body, url })).toBe(true);
    const onlyOld = new Receiver({ currentSigningKey: secrets.currentSigningKey, nextSigningKey: "sig_x" });
    await expect(
      onlyOld.verify({ signature: signatureOf(request), body: request.body, url }),
    ).rejects.toThrow();
    await standIn.stop();
    await standIn.start();
    expect(await keys()).toEqual(rotated);
  });
});
