import { WaybillError } from "../../kernel/errors.ts";
import type { DocumentRejection } from "../documents/rejection.ts";
import type { StepOutcome } from "../step-work.ts";

/** A document that cannot be read, as the end of a step: final at the first attempt. */
export function rejected(rejection: DocumentRejection): StepOutcome {
  return { kind: "reject", error: new WaybillError(rejection.code, { details: rejection.details }) };
}
