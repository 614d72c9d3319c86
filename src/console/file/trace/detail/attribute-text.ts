/** The value of a span's attribute as text; an attribute is a scalar or a list of scalars. */
export function attributeText(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(attributeText).join(", ");
  return JSON.stringify(value) ?? "";
}
