import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { listOf } from "../../pipeline/files/file-view.ts";
import {
  invitationViewSchema,
  keyViewSchema,
  personViewSchema,
  sessionViewSchema,
} from "../../triage/people/person-view.ts";
import { getJson } from "../api-client.ts";

const limit = 50;

/** One page of those who sign in. */
export function peopleQuery(cursor: string | null) {
  return queryOptions({
    queryKey: ["people", cursor],
    queryFn: ({ signal }) =>
      getJson("/api/v1/people", listOf(personViewSchema), { query: { cursor, limit }, signal }),
    placeholderData: keepPreviousData,
  });
}

/** The newest invitations that are open. */
export const invitationsQuery = queryOptions({
  queryKey: ["invitations"],
  queryFn: ({ signal }) =>
    getJson("/api/v1/invitations", listOf(invitationViewSchema), { query: { limit }, signal }),
});

/** One page of API keys. */
export function keysQuery({ cursor, revoked }: { cursor: string | null; revoked: boolean }) {
  return queryOptions({
    queryKey: ["keys", revoked, cursor],
    queryFn: ({ signal }) =>
      getJson("/api/v1/keys", listOf(keyViewSchema), {
        query: { cursor, limit, revoked: String(revoked) },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
}

/** The browsers in which one is signed in. */
export const sessionsQuery = queryOptions({
  queryKey: ["sessions"],
  queryFn: ({ signal }) =>
    getJson("/api/v1/me/sessions", z.object({ items: z.array(sessionViewSchema) }), { signal }),
});
