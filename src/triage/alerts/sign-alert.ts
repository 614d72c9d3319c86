import { hashSecret } from "../../access/hash-secret.ts";
import { hmacSha256Hex } from "../../kernel/hash.ts";
import type { AlertContext } from "./context.ts";

/**
 * What a rule's alerts are signed with. It is made of the deployment's secret and kept nowhere: whoever reads the
 * database cannot sign.
 */
export function signingSecretOf(ctx: Pick<AlertContext, "env">, ruleId: string): string {
  return `whsec_${hashSecret(ctx, `alert-rule ${ruleId}`)}`;
}

/** The value of `Waybill-Signature`: when it was signed, in s since the epoch, and the signature of that and the body. */
export function signAlert(secret: string, body: string, at: Date): string {
  const seconds = Math.floor(at.getTime() / 1000);
  return `t=${seconds},v1=${hmacSha256Hex(secret, `${seconds}.${body}`)}`;
}
