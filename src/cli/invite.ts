import { parseArgs } from "node:util";
import { z } from "zod";
import { ensureAdminKey } from "../access/ensure-admin-key.ts";
import { roles } from "../db/roles.ts";
import { getRuntime } from "../runtime.ts";
import { invitePerson } from "../triage/people/invite-person.ts";

/**
 * `npm run invite -- [--role admin] [--email ada@example.com]`: prints the link of an invitation, for whoever has
 * the deployment's variables and no admin to ask. It is made by the key of the environment, as the audit log says.
 */
const { values } = parseArgs({ options: { role: { type: "string" }, email: { type: "string" } } });
const { role, email } = z
  .object({ role: z.enum(roles).default("admin"), email: z.email().toLowerCase().nullable().default(null) })
  .parse(values);
const runtime = getRuntime();
try {
  const { keyId } = await ensureAdminKey(runtime, runtime.env.WAYBILL_API_KEY);
  const actor = { keyId, keyName: "admin", via: "key", userAgent: null, addressHash: null } as const;
  const { url } = await invitePerson(runtime, { role, email, actor });
  console.log(url);
} finally {
  await runtime.close();
}
