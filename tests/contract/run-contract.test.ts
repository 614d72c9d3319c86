import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createGatewayStandIn, gatewayBasePath } from "../../src/local/gateway/create-gateway.ts";
import { type ServedStandIn, serveStandIn } from "../support/stand-in.ts";

const apiKey = "a-key-from-the-environment";
let standIn: ServedStandIn;
beforeAll(async () => {
  standIn = await serveStandIn((parts) => createGatewayStandIn({ ...parts, apiKey }));
});
afterAll(() => standIn.stop());

/** Runs `npm run contract --` with these credentials and nothing else of ours in the environment. */
async function run(args: readonly string[], credentials: Record<string, string> = {}) {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn(process.execPath, ["tests/contract/run-contract.ts", ...args], {
    env: { PATH, HOME, NODE_ENV: "test", NO_COLOR: "1", ...credentials },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { output, errors, exitCode: await exited };
}

const gateway = () => ["gateway", "--url", standIn.url + gatewayBasePath, "--model", "waybill/lexical-1536"];

describe("a suite against a URL", { timeout: 90_000 }, () => {
  test("passes where the service can, and is skipped by name and with the reason where not", async () => {
    const { output, exitCode } = await run(gateway(), { AI_GATEWAY_API_KEY: apiKey });
    expect(output).toMatch(/✓ .*gives one unit vector of 1536 numbers for each text/);
    expect(output).toMatch(/↓ .*GatewayRateLimitError .*\[needs faults that a test can inject\]/);
    expect(output).toMatch(/↓ .*counts calls.*\[needs to read what the service has metered\]/);
    expect(output).toMatch(/Tests +7 passed \| 7 skipped/);
    expect(exitCode).toBe(0);
  });

  test("fails where the service does not keep the contract", async () => {
    const { output, exitCode } = await run([...gateway(), "embeddings"], { AI_GATEWAY_API_KEY: "refused" });
    expect(output).toMatch(/× .*charges the tokens/);
    expect(exitCode).toBe(1);
  });
});

describe("what cannot be run is said in a sentence", () => {
  test.each([
    ["an unknown service", ["smtp", "--url", "https://a.test"], /'smtp' is invalid.*qstash, vector, gateway/],
    ["no URL", ["vector"], /required option '--url <url>'/],
    ["a URL that is none", ["vector", "--url", "a.test"], /begins with https:\/\//],
    ["a misspelt topic", ["vector", "--url", "https://a.test", "qury"], /no topic qury.*namespaces, query/],
    ["no credentials", ["vector", "--url", "https://a.test"], /set UPSTASH_VECTOR_REST_TOKEN/],
  ])("%s", async (_what, args, sentence) => {
    const { errors, exitCode } = await run(args);
    expect(errors).toMatch(sentence);
    expect(exitCode).toBe(1);
  });
});
