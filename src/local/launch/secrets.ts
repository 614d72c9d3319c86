import { newSecret } from "../../kernel/ids.ts";
import type { LocalEnv } from "./local-env.ts";

/** The secrets of the local stack, by the variable that carries each. */
export interface Secrets {
  readonly QSTASH_TOKEN: string;
  /** For requests that only read; the product does without it. */
  readonly QSTASH_READONLY_TOKEN: string;
  readonly QSTASH_CURRENT_SIGNING_KEY: string;
  readonly QSTASH_NEXT_SIGNING_KEY: string;
  readonly UPSTASH_VECTOR_REST_TOKEN: string;
  readonly AI_GATEWAY_API_KEY: string;
  readonly BLOB_READ_WRITE_TOKEN: string;
  readonly WAYBILL_API_KEY: string;
  readonly WAYBILL_SESSION_SECRET: string;
}

/**
 * Those of the last start, and new ones for what it did not have.
 * @param signingKeys what QStash signs with; rotated meanwhile, they are not those of the last start
 */
export function keepOrMakeSecrets(
  before: LocalEnv,
  signingKeys: { readonly current: string; readonly next: string } | undefined,
): Secrets {
  return {
    QSTASH_TOKEN: before.QSTASH_TOKEN ?? newSecret("qstash"),
    QSTASH_READONLY_TOKEN: before.QSTASH_READONLY_TOKEN ?? newSecret("qstash_readonly"),
    QSTASH_CURRENT_SIGNING_KEY: signingKeys?.current ?? before.QSTASH_CURRENT_SIGNING_KEY ?? newSecret("sig"),
    QSTASH_NEXT_SIGNING_KEY: signingKeys?.next ?? before.QSTASH_NEXT_SIGNING_KEY ?? newSecret("sig"),
    UPSTASH_VECTOR_REST_TOKEN: before.UPSTASH_VECTOR_REST_TOKEN ?? newSecret("vector"),
    AI_GATEWAY_API_KEY: before.AI_GATEWAY_API_KEY ?? newSecret("gateway"),
    // The SDK reads the store's id out of the token: letters and digits between the underscores.
    BLOB_READ_WRITE_TOKEN: before.BLOB_READ_WRITE_TOKEN ?? newSecret("vercel_blob_rw_local"),
    WAYBILL_API_KEY: before.WAYBILL_API_KEY ?? newSecret("wb"),
    WAYBILL_SESSION_SECRET: before.WAYBILL_SESSION_SECRET ?? newSecret("session"),
  };
}
