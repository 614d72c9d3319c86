import { WaybillError } from "../kernel/errors.ts";
import { roleFor, roleSentence, suffices } from "./permissions.ts";
import type { Caller } from "./principal.ts";

/**
 * Lets a caller pass who may use a route, by the table of permissions.
 * @throws WaybillError forbidden_role; not_found for a route that is not in the table
 */
export function requireRole({ role }: Pick<Caller, "role">, route: string): void {
  const needed = roleFor(route);
  if (needed === undefined) throw new WaybillError("not_found");
  if (suffices(role, needed)) return;
  throw new WaybillError("forbidden_role", {
    message: roleSentence(role, needed),
    details: { needed, role },
  });
}
