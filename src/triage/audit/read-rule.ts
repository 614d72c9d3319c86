import { sql } from "drizzle-orm";
import type { DbContext } from "../../db/context.ts";
import type { AuditRule } from "./audit-view.ts";

const rule = {
  table: "audit_entries",
  trigger: "audit_is_added_to_alone",
  refuses: ["UPDATE", "DELETE", "TRUNCATE"],
};

/** The rule by which the audit log is only ever added to, and whether the database holds it right now. */
export async function readAuditRule({ db }: Pick<DbContext, "db">): Promise<AuditRule> {
  // 'O' and 'A' are triggers that fire for whoever writes here; 'D' is one that was turned off.
  const { rows } = await db.execute(sql`
    select from pg_trigger where tgrelid = ${rule.table}::regclass and tgname = ${rule.trigger}
    and tgenabled in ('O', 'A')`);
  return { ...rule, enforced: rows.length === 1 };
}
