import { bodyLimit } from "hono/body-limit";
import { WaybillError } from "../kernel/errors.ts";

const maxBytes = 64 * 1024;

/** Refuses a JSON or form body beyond 64 KiB before it is read into memory. @throws WaybillError malformed_request */
export const limitBody = bodyLimit({
  maxSize: maxBytes,
  onError: () => {
    throw new WaybillError("malformed_request", {
      message: "The body is larger than this request may be.",
      details: { maxBytes },
    });
  },
});
