import { createGateway } from "ai";
import { createGatewayStandIn, gatewayBasePath } from "../../../src/local/gateway/create-gateway.ts";
import { serveStandIn } from "../../support/stand-in.ts";
import { credential, remote } from "../remote-target.ts";
import { needs } from "../target.ts";

/** The AI Gateway that is being tested. */
export interface GatewayTarget {
  /** The base URL that the AI SDK takes. */
  readonly url: string;
  readonly apiKey: string;
  /** An embedding model that it offers. */
  readonly modelId: string;
  /** The official provider, speaking to it. */
  provider(apiKey?: string): ReturnType<typeof createGateway>;
  /** What it has metered; needs("meter"). */
  usage(): Promise<unknown>;
  /** Injects a fault; needs("faults"). */
  fault(fault: Record<string, unknown>): Promise<void>;
  close(): Promise<void>;
}

/** Starts a stand-in, or reaches the gateway that `npm run contract` names. */
export async function openTarget(): Promise<GatewayTarget> {
  return remote ? reachGateway(remote.url, remote.model ?? "") : startStandIn();
}

function reachGateway(url: string, modelId: string): GatewayTarget {
  return {
    ...speak(url, credential("AI_GATEWAY_API_KEY"), modelId),
    usage: async () => needs("meter"),
    fault: async () => needs("faults"),
    close: async () => undefined,
  };
}

async function startStandIn(): Promise<GatewayTarget> {
  const apiKey = "gateway-key";
  const standIn = await serveStandIn((parts) => createGatewayStandIn({ ...parts, apiKey, control: true }));
  return {
    ...speak(standIn.url + gatewayBasePath, apiKey, "waybill/lexical-1536"),
    usage: standIn.usage,
    fault: standIn.fault,
    close: standIn.stop,
  };
}

function speak(url: string, apiKey: string, modelId: string) {
  const provider = (key = apiKey) => createGateway({ apiKey: key, baseURL: url });
  return { url, apiKey, modelId, provider };
}
