import type { FaultAnswer } from "../kit/control.ts";
import { GatewayError, type GatewayErrorType, gatewayErrorBody } from "./gateway-error.ts";

const typeByStatus: Readonly<Record<number, GatewayErrorType>> = {
  400: "invalid_request_error",
  401: "authentication_error",
  404: "not_found",
  429: "rate_limit_exceeded",
};

/** An injected status in the form of AI Gateway, so that the SDK raises the class it would there. */
export const faultAnswer: FaultAnswer = (status, message) => {
  const error = new GatewayError(500, typeByStatus[status] ?? "internal_server_error", message);
  return Response.json(gatewayErrorBody(error), { status });
};
