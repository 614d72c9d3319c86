"use client";

import { queryOptions, useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import { z } from "zod";
import { type Deed, permissions, roleSentence, suffices } from "../../access/permissions.ts";
import { type Role, roles } from "../../db/roles.ts";
import { getJson } from "../api-client.ts";

const meSchema = z.object({ id: z.string(), name: z.string(), role: z.enum(roles) });

/** The one who looks at the console. */
export type Person = z.infer<typeof meSchema>;

/** Who the server says that one is. */
const meQuery = queryOptions({
  queryKey: ["me"],
  queryFn: ({ signal }) => getJson("/api/v1/me", meSchema, { signal }),
  staleTime: 60_000,
});

/** Before the sign-in nobody may do anything. */
const nobody: Person = { id: "", name: "", role: "viewer" };
const FirstKnown = createContext<Person>(nobody);

/** Tells the pages who looks at them, from their first picture on. */
export function MeProvider({ me, children }: { me: Person | null; children: ReactNode }) {
  return <FirstKnown.Provider value={me ?? nobody}>{children}</FirstKnown.Provider>;
}

/** Who looks at the console, and what they may do. */
export interface Me {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  can(deed: Deed): boolean;
  /** Why they may not do it, as a sentence; null where they may. */
  refusal(deed: Deed): string | null;
}

/** Who looks at the console, and what they may do; a role that changed meanwhile is known within a minute. */
export function useMe(): Me {
  const first = useContext(FirstKnown);
  const { data = first } = useQuery({ ...meQuery, ...(first.id !== "" && { initialData: first }) });
  const { id, name, role } = data;
  const can = (deed: Deed) => suffices(role, permissions[deed]);
  return {
    id,
    name,
    role,
    can,
    refusal: (deed) => (can(deed) ? null : roleSentence(role, permissions[deed])),
  };
}
