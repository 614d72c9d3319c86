/** What a code means for HTTP, for a job, and for a person. */
interface ErrorMeaning {
  /** The HTTP status of an API answer. */
  readonly status: number;
  /** Whether a job that met it may be tried again; false: final at the first attempt. */
  readonly retryable: boolean;
  /** What a person reads: what is wrong and what can be done. */
  readonly sentence: string;
}

const refusal = (status: number, sentence: string): ErrorMeaning => ({ status, retryable: false, sentence });
const documentFault = (sentence: string): ErrorMeaning => ({ status: 422, retryable: false, sentence });
const passing = (status: number, sentence: string): ErrorMeaning => ({ status, retryable: true, sentence });

/**
 * Every error code of Waybill, in one table. Codes are stable: they stand in the database, the API and the
 * failure list. Each has a page `docs/errors/<code>.md`, which a test checks.
 */
export const errorCodes = {
  // Access
  unauthenticated: refusal(401, "Send a valid API key as a bearer token, or sign in again."),
  forbidden_origin: refusal(403, "This request came from another site and was refused."),
  forbidden_role: refusal(403, "Your role does not suffice for this."),
  wrong_password: refusal(401, "This e-mail address and this password do not belong together."),
  invitation_used: refusal(
    410,
    "This invitation was used, was taken back or has expired. Ask an admin for another one.",
  ),
  invitation_elsewhere: refusal(403, "This invitation is for another e-mail address."),
  invitation_not_found: refusal(404, "No invitation that is open has this id."),
  person_not_found: refusal(404, "Nobody has this id."),
  person_exists: refusal(409, "Somebody with this e-mail address is here already. Sign in instead."),
  people_only: refusal(403, "This concerns a person's own account; a key has none."),
  last_admin: refusal(409, "This is the last admin. Make somebody else an admin first, so that one is left."),
  key_not_found: refusal(404, "No key that is in use has this id."),
  alert_rule_not_found: refusal(404, "No rule of alerts has this id. GET /api/v1/alert-rules lists them."),
  redacted_field_not_found: refusal(404, "No field that the settings hide has this id."),
  rate_limited: refusal(429, "Too many requests. Wait for the time in Retry-After and send it again."),

  // Requests
  malformed_request: refusal(400, "The request could not be read. See details for the field that is wrong."),
  not_found: refusal(404, "There is nothing at this address."),
  project_not_found: refusal(404, "No project has this slug. GET /api/v1/projects lists those that exist."),
  project_exists: refusal(409, "A project with this slug exists already."),
  file_not_found: refusal(404, "No file has this id."),
  span_not_found: refusal(
    404,
    "The trace of this file has no such span. It may not have ended yet, or its day is past the retention.",
  ),
  page_has_no_picture: refusal(
    404,
    "This page has no picture: only the pages of a PDF have one, and only as many as it has.",
  ),
  file_in_progress: refusal(
    409,
    "The file is being ingested. Wait until its run has ended, then requeue it.",
  ),
  nothing_failed: refusal(
    409,
    "Nothing of this file has failed. Requeue it from the start or from a named step.",
  ),
  step_unknown: refusal(409, "The pipeline of this run has no step of this name."),
  step_not_reached: refusal(
    409,
    "The run has not come as far as this step. Requeue it from the failed step or from an earlier one.",
  ),
  queue_part_not_found: refusal(
    404,
    "QStash knows no key of flow control, queue or schedule of this name. It may have been removed meanwhile.",
  ),
  dead_letter_owned: refusal(
    409,
    "A file stands failed by this dead letter. Requeue the file instead: that removes the letter with it.",
  ),
  step_not_found: refusal(404, "No step has this id. GET /api/v1/stuck lists those that do not go on."),
  step_not_waiting: refusal(
    409,
    "The step does not wait for what this action ends. Read it again: it may have gone on meanwhile.",
  ),
  idempotency_key_reused: refusal(
    409,
    "This Idempotency-Key was used for another request. Send a new key with a new request.",
  ),
  view_not_found: refusal(
    404,
    "You have no saved view with this id. It may have been taken away, or be of somebody else.",
  ),
  budget_not_found: refusal(404, "No budget has this id. GET /api/v1/budgets lists those that exist."),
  failure_not_found: refusal(
    404,
    "No failure group has this id. GET /api/v1/failures lists those that exist.",
  ),
  failure_merged: refusal(
    409,
    "This failure group was merged into another one. Turn to that one: details.into has its id.",
  ),
  failure_not_split: refusal(
    409,
    "A split must leave failures on both sides. Give a part of the sentence that some have and others have not.",
  ),
  reconciliation_not_found: refusal(
    404,
    "No reconciliation has this id. GET /api/v1/reconciliations lists those that there were.",
  ),
  budget_exists: refusal(
    409,
    "There is a budget of this scope, window and mode already. Change that one, or remove it first.",
  ),
  upload_not_found: refusal(404, "No upload has this id."),
  upload_incomplete: refusal(400, "The upload ended before the file was complete. Send it again."),
  file_empty: refusal(400, "The file has no bytes."),
  file_too_large: refusal(413, "The file is larger than the limit."),
  file_type_unsupported: refusal(415, "The content is none of PDF, DOCX, HTML, Markdown or plain text."),

  // Documents: final at the first attempt
  document_empty: documentFault("The stored file has no bytes. Upload it again."),
  document_encrypted: documentFault(
    "The document is protected by a password. Remove the protection and upload it again.",
  ),
  document_corrupt: documentFault(
    "The document is damaged and cannot be read. Export it again and upload the new file.",
  ),
  document_without_text: documentFault(
    "The document has no text to index; its pages may be scanned pictures.",
  ),
  document_too_large: documentFault("The document expands beyond the size that may be read."),
  document_too_complex: documentFault("The document is nested deeper than can be read safely."),
  document_unsupported: documentFault("The content is none of PDF, DOCX, HTML, Markdown or plain text."),
  document_type_mismatch: documentFault(
    "The name says another type than the content is. Rename or export the file and upload it again.",
  ),
  document_timeout: documentFault("Reading the document took longer than the time limit."),
  document_out_of_memory: documentFault("Reading the document took more memory than the limit."),

  // Providers
  provider_unavailable: passing(503, "A provider did not answer or failed. The step is tried again."),
  provider_rate_limited: passing(
    503,
    "A provider asked us to slow down. The step is tried again after the time it named.",
  ),
  provider_refused: refusal(
    502,
    "A provider refused the request as invalid. Check the model and the index settings.",
  ),
  provider_unauthorized: refusal(
    502,
    "A provider refused our credentials. Set a valid key, then requeue the file.",
  ),
  provider_out_of_credit: passing(
    502,
    "The provider account is out of credit. The step is held until it is topped up.",
  ),
  breaker_open: passing(
    503,
    "A provider's breaker is open, so nothing is sent to it. The step goes on by itself when it closes.",
  ),
  breaker_not_cooling: refusal(
    409,
    "There is no cool-down to end: the breaker is closed, was opened by hand, or a step tries already.",
  ),
  budget_exhausted: refusal(
    402,
    "A budget has no room for this. Raise it, or wait until its window turns or money is given back.",
  ),
  stored_file_missing: refusal(502, "The stored original is gone from Blob. Upload the file again."),

  graph_version_not_found: refusal(404, "No version of the step graph has this number."),
  plan_not_found: refusal(404, "No plan has this id. Make one with POST /api/v1/plans."),
  plan_empty: refusal(409, "The plan leaves every file out, so there is nothing to do. See why in the plan."),
  plan_too_large: refusal(409, "The selection has more files than one plan may hold. Narrow it down."),
  plan_executed: refusal(409, "The plan is carried out already. See the requeue in details."),
  requeue_not_found: refusal(404, "No requeue has this id."),
  requeue_ended: refusal(409, "The requeue has ended, so it cannot be changed any more."),

  // Engine
  signature_invalid: refusal(401, "The request is not signed by QStash for this address."),
  lease_lost: passing(500, "The worker stopped before it finished. The step is tried again."),
  step_timeout: passing(500, "The step took longer than its time limit. It is tried again."),
  delivery_exhausted: refusal(
    502,
    "QStash could not deliver the step and has given up. Requeue the file once the deployment answers.",
  ),
  given_up: refusal(502, "Somebody gave the waiting step up. Requeue the file once its cause is gone."),
  price_missing: refusal(500, "The price book has no price for this meter. Run the set-up to seed it."),
  price_book_busy: passing(
    503,
    "Work that was under way did not end in time, so the price was not added. Send it again.",
  ),
  panel_too_slow: passing(
    503,
    "The database did not answer this panel in time. Ask for a shorter span or a wider bucket.",
  ),
  internal_error: passing(
    500,
    "Something went wrong on our side. The log has the details under the trace id.",
  ),
} as const satisfies Record<string, ErrorMeaning>;

/** The closed set of error codes. */
export type ErrorCode = keyof typeof errorCodes;
