import { after } from "next/server";
import type { Api } from "../../../../api/api.ts";
import { createApi } from "../../../../api/create-api.ts";
import { getRuntime } from "../../../../runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

let api: Api | undefined;

/** The admin API; the app is built at the first request, when the environment is there. */
function handle(request: Request): Response | Promise<Response> {
  const ctx = getRuntime();
  after(() => ctx.telemetry.flush());
  api ??= createApi(ctx);
  return api.fetch(request);
}

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
