import { newSecret, newSecrets } from "../../../kernel/ids.ts";

const prefix = "msg";

/** A new message id: `msg_` and 43 characters. */
export function newMessageId(): string {
  return newSecret(prefix);
}

/** So many new message ids. */
export function newMessageIds(count: number): string[] {
  return newSecrets(prefix, count);
}
