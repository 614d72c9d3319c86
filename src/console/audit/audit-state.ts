import { parseAsNativeArrayOf, parseAsString, parseAsStringLiteral } from "nuqs/server";
import type { AuditAction } from "../../db/audit-actions.ts";
import { auditActions } from "../../db/audit-actions.ts";
import type { Query } from "../api-client.ts";

/** The filters of the audit log as they stand in the address, under the API's own names. */
export const auditFilters = {
  /** The id of the one who did it. */
  who: parseAsString,
  action: parseAsNativeArrayOf(parseAsStringLiteral(auditActions)),
  /** Any id that an entry names, or a provider. */
  subject: parseAsString.withDefault(""),
  /** A slug. */
  project: parseAsString.withDefault(""),
  /** ISO 8601: from the one on, before the other. */
  since: parseAsString,
  until: parseAsString,
};

/** Where on the list one is; in the address too, but no filter. */
export const auditPlace = {
  cursor: parseAsString,
  /** The entry that is unfolded. */
  entry: parseAsString,
};

/** Which entries are asked for. */
export interface AuditFilters {
  readonly who: string | null;
  readonly action: readonly AuditAction[];
  readonly subject: string;
  readonly project: string;
  readonly since: string | null;
  readonly until: string | null;
}

/** What changes; the rest stays. */
export type AuditFilterChange = {
  -readonly [Key in keyof AuditFilters]?: Key extends "action" ? AuditAction[] : AuditFilters[Key];
};

/** The filters as the API takes them. Pure. */
export function auditQueryOf({ who, action, subject, project, since, until }: AuditFilters): Query {
  return { who, action, subject: subject.trim(), project, since, until };
}

/** True when the list shows less than everything. Pure. */
export function isNarrowed({ who, action, subject, project, since, until }: AuditFilters): boolean {
  return (
    [who, subject, project, since, until].some((each) => each !== null && each !== "") || action.length > 0
  );
}
