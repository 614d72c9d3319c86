/** The words for what a document waits for, wherever waiting is shown. */
export const waitWords = {
  queue: "Queue",
  backoff: "Backoff",
  "flow-control": "Rate limit",
  held: "Hold",
  siblings: "Other shards",
  requeue: "Until the requeue",
  unexplained: "Unexplained",
} as const;
