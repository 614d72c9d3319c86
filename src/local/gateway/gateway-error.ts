/** The kinds of refusal that the SDK turns into an error class each. */
export type GatewayErrorType =
  | "authentication_error"
  | "invalid_request_error"
  | "model_not_found"
  | "rate_limit_exceeded"
  | "not_found"
  | "internal_server_error";

/** A refused call, in the form of AI Gateway: `{ error: { message, type, param, code } }`. */
export class GatewayError extends Error {
  readonly status: 400 | 401 | 404 | 413 | 429 | 500 | 501;
  readonly type: GatewayErrorType;
  readonly param: Readonly<Record<string, unknown>> | null;

  constructor(
    status: GatewayError["status"],
    type: GatewayErrorType,
    message: string,
    param: GatewayError["param"] = null,
  ) {
    super(message);
    this.name = "GatewayError";
    this.status = status;
    this.type = type;
    this.param = param;
  }
}

/** The body of a refusal. */
export function gatewayErrorBody(error: GatewayError): unknown {
  return { error: { message: error.message, type: error.type, param: error.param, code: error.status } };
}
