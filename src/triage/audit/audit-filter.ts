import type { AuditAction } from "../../db/audit-actions.ts";

/** Which entries of the audit log; what is left out narrows nothing. */
export interface AuditFilter {
  readonly actions?: readonly AuditAction[] | undefined;
  readonly keyId?: string | undefined;
  readonly fileId?: string | undefined;
  /** The id of anything that an entry names, or the name of a provider. */
  readonly subject?: string | undefined;
  readonly projectId?: string | undefined;
  /** From this time on. */
  readonly since?: Date | undefined;
  /** Before this time. */
  readonly until?: Date | undefined;
}
