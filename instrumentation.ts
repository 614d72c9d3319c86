import { registerOTel } from "@vercel/otel";

/** Called by Next once per server process. Job spans have a provider of their own (src/telemetry). */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { getRuntime } = await import("./src/runtime.ts");
  const { requestTracing } = await import("./src/telemetry/request-tracing.ts");
  const { documents, env, telemetry } = getRuntime();
  registerOTel(requestTracing(telemetry.processors, env.WAYBILL_REQUEST_TRACE_RATIO));
  documents.warmUp();
}
