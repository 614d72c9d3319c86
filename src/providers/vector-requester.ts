import type { IndexConfig, Requester } from "@upstash/vector";

/** An answer of Upstash Vector that is none of success: unlike the SDK's own error it says which. */
export class VectorAnswerError extends Error {
  readonly status: number;
  /** How long to wait before asking again, in seconds; undefined where the answer does not say. */
  readonly retryAfterSec: number | undefined;

  constructor(answer: Response) {
    super(`Upstash Vector answered ${answer.status}`);
    this.status = answer.status;
    const wait = Number(answer.headers.get("retry-after") ?? Number.NaN);
    this.retryAfterSec = Number.isFinite(wait) ? wait : undefined;
  }
}

/**
 * How the SDK's commands are sent: as its own client sends them, once, but with an error that carries the HTTP status. By
 * it a refusal of one document is told from an index that is down.
 * @see the constructor of `Index` that takes a `Requester`
 */
export function createVectorRequester({
  url,
  token,
}: Required<Pick<IndexConfig, "url" | "token">>): Requester {
  const base = url.replace(/\/$/, "");
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  return {
    async request({ path = [], body }) {
      const answer = await fetch([base, ...path].join("/"), {
        method: "POST",
        headers,
        body: JSON.stringify(body),
        cache: "no-store",
      });
      if (answer.ok) return answer.json();
      await answer.body?.cancel();
      throw new VectorAnswerError(answer);
    },
  };
}
