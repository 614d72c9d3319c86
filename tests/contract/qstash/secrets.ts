import { credential, remote } from "../remote-target.ts";

/** The secrets of the QStash under test. */
export const secrets = remote
  ? {
      token: credential("QSTASH_TOKEN"),
      // Not every account has one: the test of it says what it needs.
      readOnlyToken: process.env.QSTASH_READONLY_TOKEN ?? "",
      currentSigningKey: credential("QSTASH_CURRENT_SIGNING_KEY"),
      nextSigningKey: credential("QSTASH_NEXT_SIGNING_KEY"),
    }
  : {
      token: "test-token",
      readOnlyToken: "test-read-only-token",
      currentSigningKey: "sig_current",
      nextSigningKey: "sig_next",
    };
