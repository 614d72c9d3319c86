import { desc } from "drizzle-orm";
import { suffices } from "../../access/permissions.ts";
import type { DbContext } from "../../db/context.ts";
import type { Role } from "../../db/roles.ts";
import { redactedFields } from "../../db/schema/redacted-fields.ts";
import { fixedFields, personalFields } from "./fixed-fields.ts";
import { adminsOnlyMark, createRedact, type Redact, redactedMark } from "./redact-fields.ts";
import type { RedactedField, RedactionView } from "./redaction-view.ts";

/** Which values of payloads are not shown. */
export async function readRedaction({ db }: Pick<DbContext, "db">): Promise<RedactionView> {
  const rows = await db
    .select()
    .from(redactedFields)
    .orderBy(desc(redactedFields.createdAt), desc(redactedFields.id));
  return { fixed: [...fixedFields], adminsOnly: [...personalFields], items: rows.map(redactedFieldOf) };
}

/** Such a row as the API shows it. */
export function redactedFieldOf({
  id,
  field,
  createdAt,
  createdBy,
}: typeof redactedFields.$inferSelect): RedactedField {
  return { id, field, createdAt: createdAt.toISOString(), createdBy };
}

/**
 * What hides from somebody of a role what they are not to see. The settings are read each time, so that what an admin
 * has just named is hidden in every process at once.
 */
export async function redactFor({ db }: Pick<DbContext, "db">, role: Role): Promise<Redact> {
  const named = await db.select({ field: redactedFields.field }).from(redactedFields);
  const hidden = [...fixedFields, ...named.map(({ field }) => field)];
  return createRedact([
    ...hidden.map((field) => ({ field, mark: redactedMark }) as const),
    ...(suffices(role, "admin")
      ? []
      : personalFields.map((field) => ({ field, mark: adminsOnlyMark }) as const)),
  ]);
}
