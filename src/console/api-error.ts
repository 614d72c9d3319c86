/** A request that the API refused, or that never reached it. `message` is a sentence for the reader. */
export class ApiError extends Error {
  /** A code of the API's table, or `unreachable` / `unexpected_answer` for what no API said. */
  readonly code: string;
  /** The HTTP status; 0 when there was no answer. */
  readonly status: number;

  constructor(code: string, status: number, sentence: string, cause?: unknown) {
    super(sentence, { cause });
    this.name = "ApiError";
    this.code = code;
    this.status = status;
  }

  /** True when the same request may succeed in a moment: no answer, too many requests, or a server fault. */
  get passing(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }
}

/** What to show for anything that was thrown. */
export function sentenceOf(thrown: unknown): string {
  return thrown instanceof ApiError ? thrown.message : "The console met a fault of its own. Reload the page.";
}
