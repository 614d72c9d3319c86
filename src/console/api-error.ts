/** A request that the API refused, or that never reached it. `message` is a sentence for the reader. */
export class ApiError extends Error {
  /** A code of the API's table, or `unreachable` / `unexpected_answer` for what no API said. */
  readonly code: string;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;
  /** What the API says of this case: of a malformed request, what is wrong with which field. */
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    status: number,
    sentence: string,
    about: { cause?: unknown; details?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(sentence, { cause: about.cause });
    this.name = "ApiError";
    this.code = code;
    this.status = status;
    this.details = about.details ?? {};
  }

  /** True when the same request may succeed in a moment: no answer, too many requests, or a server fault. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** What to show for anything that was thrown. */
export function sentenceOf(thrown: unknown): string {
  if (!(thrown instanceof ApiError)) return "The console met a fault of its own. Reload the page.";
  const said = Object.entries(thrown.details);
  if (thrown.code !== "malformed_request" || said.length === 0) return thrown.message;
  return `What was asked for could not be read: ${said.map(([field, wrong]) => `${field} (${wrong})`).join(", ")}.`;
}
