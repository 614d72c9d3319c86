import { createAuthApi } from "../../../../api/create-auth-api.ts";
import { getRuntime } from "../../../../runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** The way to the identity provider and back. */
function handle(request: Request): Response | Promise<Response> {
  return createAuthApi(getRuntime()).fetch(request);
}

export { handle as GET, handle as POST };
