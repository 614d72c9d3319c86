import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { Argument, Command, InvalidArgumentError, Option } from "commander";
import { z } from "zod";
import { childEnv } from "../../src/kernel/child-env.ts";
import { type RemoteTarget, targetVariable } from "./remote-target.ts";

/** The credentials that each service asks for, by the variables of its SDK. */
const credentials = {
  qstash: ["QSTASH_TOKEN", "QSTASH_CURRENT_SIGNING_KEY", "QSTASH_NEXT_SIGNING_KEY"],
  vector: ["UPSTASH_VECTOR_REST_TOKEN"],
  gateway: ["AI_GATEWAY_API_KEY"],
  blob: ["BLOB_READ_WRITE_TOKEN"],
} as const;

const services = ["qstash", "vector", "gateway", "blob"] as const;

const optionsSchema = z.object({
  url: z.string(),
  destination: z.string().optional(),
  port: z.number(),
  exclusive: z.boolean().default(false),
  plan: z.array(z.string()).default([]),
  model: z.string().optional(),
});

const command = new Command("npm run contract --")
  .description("Runs the contract tests of a service against a URL, real or local.")
  .addArgument(new Argument("<service>", "which suite").choices(services))
  .argument("[topics...]", "only the files of these topics, such as: retries queues")
  .requiredOption("--url <url>", "where the service answers", readUrl)
  .option(
    "--destination <url>",
    "a public URL that is forwarded to --port: QStash and Blob send there",
    readUrl,
  )
  .addOption(
    new Option("--port <number>", "the local port to which --destination is forwarded")
      .default(8788)
      .argParser(readPort),
  )
  .option("--exclusive", "let tests act on everything in the account: cancel all, rotate keys, reset all")
  .option("--plan <features...>", "features that the account's plan has, as skipped tests name them")
  .option("--model <id>", "the gateway's embedding model", "openai/text-embedding-3-small")
  .addHelpText("after", helpText());

function helpText(): string {
  const variables = services.map((service) => `  ${service.padEnd(8)} ${credentials[service].join(", ")}`);
  return `
Credentials are read from the environment:
${variables.join("\n")}
  qstash also takes QSTASH_READONLY_TOKEN.

What the tests make bears a name of its own and is removed afterwards. A test that needs more than the
service can do is skipped, by name and with the reason.

Examples:
  npm run contract -- qstash --url https://qstash.upstash.io --destination https://tunnel.example.com
  npm run contract -- vector --url https://my-index-us1-vector.upstash.io
  npm run contract -- gateway --url https://ai-gateway.vercel.sh/v4/ai
  npm run contract -- blob --url https://vercel.com/api/blob`;
}

function readUrl(text: string): string {
  const url = URL.parse(text);
  if (url?.protocol === "http:" || url?.protocol === "https:") return text.replace(/\/+$/, "");
  throw new InvalidArgumentError("A URL begins with https:// or http://.");
}

function readPort(text: string): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65536) return port;
  throw new InvalidArgumentError("A port is a number from 1 to 65535.");
}

command.parse();
const service = z.enum(services).parse(command.processedArgs[0]);
const topics = z.array(z.string()).parse(command.processedArgs[1] ?? []);
const { url, destination, port, exclusive, plan, model } = optionsSchema.parse(command.opts());

const folder = `tests/contract/${service}/`;
const known = readdirSync(folder)
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => name.slice(0, -".test.ts".length));
const unknown = topics.filter((topic) => !known.some((name) => name.startsWith(topic)));
// A misspelt topic must not pass for one whose tests did.
if (unknown.length > 0) {
  command.error(`error: ${service} has no topic ${unknown.join(", ")}; it has ${known.join(", ")}`);
}

const missing = credentials[service].filter((name) => !process.env[name]);
if (missing.length > 0) command.error(`error: set ${missing.join(", ")} in the environment`);

const target: RemoteTarget = {
  url,
  exclusive,
  plan,
  ...(destination !== undefined && { destination: { url: destination, port } }),
  ...(model !== undefined && { model }),
};
const vitest = ["run", "--config", "tests/contract/remote.config.ts"];
const files = topics.length > 0 ? topics.map((topic) => folder + topic) : [folder];
const child = spawn(process.execPath, ["node_modules/vitest/vitest.mjs", ...vitest, ...files], {
  stdio: "inherit",
  env: childEnv({ [targetVariable]: JSON.stringify(target) }),
});
const [code] = await once(child, "exit");
process.exitCode = typeof code === "number" ? code : 1;
