"use client";

import { useMutation } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { z } from "zod";
import { sendJson } from "../api-client.ts";
import { safeNext } from "./safe-next.ts";

/** A key, or the token of a one-time link. */
export type Credential = { readonly key: string } | { readonly link: string };

/** Opens a session, then goes to where the reader wanted to go. */
export function useSignIn() {
  const [next] = useQueryState("next", parseAsString);
  return useMutation({
    mutationFn: (credential: Credential) => sendJson("POST", "/api/session", credential, z.unknown()),
    // A whole new page: nothing that was read without a session may stay in its memory.
    onSuccess: () => window.location.replace(safeNext(next)),
  });
}
