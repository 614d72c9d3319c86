import { Receiver } from "@upstash/qstash";
import { decodeJwt } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { readSigningKeys } from "../../../src/local/qstash/store/signing-keys.ts";
import { needs } from "../target.ts";
import type { Received } from "./destination.ts";
import { untilState } from "./message-states.ts";
import { secrets } from "./secrets.ts";
import { openTarget, type QstashTarget } from "./target.ts";

let target: QstashTarget;
beforeAll(async () => {
  target = await openTarget();
});
afterAll(() => target.close());
beforeEach(() => needs("destination"));

async function deliver(path: string, body: string): Promise<{ request: Received; url: string }> {
  const { client, destination } = target;
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

  test("each retry is signed anew, at its time", async () => {
    needs("clock");
    const { client, destination, clock } = target;
    destination.answer("/again", { status: 500 }, { status: 200 });
    const { messageId } = await client.publish({ url: `${destination.url}/again`, retryDelay: "3600000" });
    await untilState(client, messageId, "RETRY");
    clock.advance(3_600_000);
    const requests = [await destination.request("/again", 1), await destination.request("/again", 2)];
    const [first, second] = requests.map((request) => decodeJwt(signatureOf(request)));
    expect((second?.iat ?? 0) - (first?.iat ?? 0)).toBeGreaterThanOrEqual(3600);
    expect((second?.exp ?? 0) - (second?.iat ?? 0)).toBe(300);
    expect(second?.jti).not.toBe(first?.jti);
  });

  test("after a rotation the next key signs and a receiver that knows both still verifies", async () => {
    needs("exclusive account");
    const keys = async (method = "GET", path = "/v2/keys") => (await target.call(method, path)).json();
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
  });

  test("the keys are there again after a restart", async () => {
    needs("restart");
    const before = await (await target.call("POST", "/v2/keys/rotate")).json();
    await target.stop();
    await target.start();
    expect(await (await target.call("GET", "/v2/keys")).json()).toEqual(before);
    expect(await readSigningKeys(target.database.pool)).toEqual(before);
  });
});
