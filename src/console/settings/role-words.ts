import { type Role, roles } from "../../db/roles.ts";

/** What roles are called, and what each may do. */
export const roleWords: Readonly<Record<Role, { name: string; one: string; may: string }>> = {
  viewer: { name: "Viewer", one: "a viewer", may: "you see everything and change nothing" },
  operator: { name: "Operator", one: "an operator", may: "you upload, requeue and mend" },
  admin: { name: "Admin", one: "an admin", may: "you do everything, money, people and keys included" },
};

/** The choices of a role. */
export const roleChoices = roles.map((value) => ({ value, label: roleWords[value].name }));
