import { newSecret } from "../../../kernel/ids.ts";

/** A new message id: `msg_` and 43 characters. */
export function newMessageId(): string {
  return newSecret("msg");
}
