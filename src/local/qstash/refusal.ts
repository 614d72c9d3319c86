import { HTTPException } from "hono/http-exception";

type RefusalStatus = 400 | 404 | 412 | 501;

/** A request that is refused, with a sentence; the service words it `{ "error": … }`. */
export function refusal(status: RefusalStatus, message: string): HTTPException {
  return new HTTPException(status, { message });
}
