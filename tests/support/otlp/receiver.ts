import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import protobuf from "protobufjs";
import { type OtlpSpan, parseOtlp } from "./otlp-span.ts";
import { parseOtlpSums } from "./otlp-sum.ts";

/** What a collector is to a sender: takes traces at `/v1/traces` and metrics at `/v1/metrics`, in both forms. */
export interface OtlpReceiver {
  readonly url: string;
  /** What was received, in order. */
  readonly spans: readonly OtlpSpan[];
  readonly resources: readonly Record<string, unknown>[];
  /** What came of metrics, request by request. */
  readonly metrics: readonly ReceivedMetrics[];
  /** The content types that were sent. */
  readonly forms: ReadonlySet<string>;
  close(): void;
}

/** Metrics that were sent together. */
type ReceivedMetrics = ReturnType<typeof parseOtlpSums> & { readonly form: string };

/** Starts a receiver on a free port. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const schema = await protobuf.load(join(import.meta.dirname, "trace.proto"));
  const requestType = schema.lookupType("ExportTraceServiceRequest");
  const metricsType = schema.lookupType("ExportMetricsServiceRequest");
  const metrics: ReceivedMetrics[] = [];
  const spans: OtlpSpan[] = [];
  const resources: Record<string, unknown>[] = [];
  const forms = new Set<string>();
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const form = request.headers["content-type"] ?? "";
    const isTraces = request.method === "POST" && request.url === "/v1/traces";
    const isMetrics = request.method === "POST" && request.url === "/v1/metrics";
    if (isMetrics) {
      const document = form === "application/json" ? JSON.parse(body.toString()) : decode(metricsType, body);
      metrics.push({ ...parseOtlpSums(document), form });
    } else forms.add(form);
    if (isTraces) {
      const received = parseOtlp(
        form === "application/json" ? JSON.parse(body.toString()) : decode(requestType, body),
      );
      spans.push(...received.spans);
      resources.push(...received.resources);
    }
    response.writeHead(isTraces || isMetrics ? 200 : 404, { "content-type": form });
    response.end(form === "application/json" ? "{}" : "");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, spans, resources, metrics, forms, close: () => server.close() };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  const body = Buffer.concat(parts);
  return request.headers["content-encoding"] === "gzip" ? gunzipSync(body) : body;
}

/** The protobuf form as the JSON form writes it: there ids are hexadecimal, and not base64 as in others. */
function decode(type: protobuf.Type, body: Buffer): unknown {
  const plain = type.toObject(type.decode(body), { longs: String, arrays: true });
  return JSON.parse(
    JSON.stringify(plain, (_key, value: unknown) => {
      const bytes = asBytes(value);
      return bytes === undefined ? value : bytes.toString("hex");
    }),
  );
}

/** `toJSON` of a Buffer has run before a replacer sees it. */
function asBytes(value: unknown): Buffer | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value);
  const isBuffer = typeof value === "object" && value !== null && "type" in value && value.type === "Buffer";
  return isBuffer && "data" in value && Array.isArray(value.data) ? Buffer.from(value.data) : undefined;
}
