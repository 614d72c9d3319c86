/** What a person or a key may do; each role may do all that those before it may. */
export const roles = ["viewer", "operator", "admin"] as const;

/** A role. */
export type Role = (typeof roles)[number];
