import { createSessionApi } from "../../../../api/create-session-api.ts";
import { getRuntime } from "../../../../runtime.ts";

export const runtime = "nodejs";
export const dynamic = "force-dynamic";

/** Signs a browser in (POST) and out (DELETE), and takes invitations up (POST …/join). */
function handle(request: Request): Response | Promise<Response> {
  return createSessionApi(getRuntime()).fetch(request);
}

export { handle as DELETE, handle as POST };
