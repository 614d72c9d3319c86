import { z } from "zod";

/** How many fields the settings may name. */
export const mostFields = 100;

/** The name of a field whose values are to be hidden: a name or the end of a dotted path, with `*` for any characters. */
export const fieldName = z
  .string()
  .trim()
  .max(100)
  .regex(
    /^[\w*-]+(\.[\w*-]+)*$/,
    "is a name, or names with dots between them, of letters, digits, -, _ and *",
  )
  .refine((name) => /[a-z0-9]/i.test(name), "has no letter or digit, so it would hide everything");

/** A field that an admin has named. */
export const redactedFieldSchema = z.object({
  id: z.string(),
  field: z.string(),
  createdAt: z.string().describe("ISO 8601, UTC"),
  createdBy: z.string().describe("who named it, as they were called then"),
});

/** Which values of payloads are not shown. */
export const redactionViewSchema = z.object({
  fixed: z.array(z.string()).describe("fields that are always hidden"),
  adminsOnly: z.array(z.string()).describe("fields that only admins are shown"),
  items: z.array(redactedFieldSchema).describe("fields that admins have named, the newest first"),
});

/** Such a field, as the API answers. */
export type RedactedField = z.infer<typeof redactedFieldSchema>;

/** Such rules, as the API answers. */
export type RedactionView = z.infer<typeof redactionViewSchema>;
