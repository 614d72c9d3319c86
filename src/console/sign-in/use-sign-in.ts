"use client";

import { useMutation } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { z } from "zod";
import { sendJson } from "../api-client.ts";
import { safeNext } from "./safe-next.ts";

/** Opens a session by what is sent to `path`, then goes to where the reader wanted to go. */
export function useSignIn<Credentials>(path: "/api/session" | "/api/session/join") {
  const [next] = useQueryState("next", parseAsString);
  return useMutation({
    mutationFn: (credentials: Credentials) => sendJson("POST", path, credentials, z.unknown()),
    // A whole new page: nothing that was read without a session may stay in its memory.
    onSuccess: () => window.location.replace(safeNext(next)),
  });
}

/** Begins the sign-in at the identity provider, which leads back to where the reader wanted to go. */
export function useProviderSignIn() {
  const [next] = useQueryState("next", parseAsString);
  return useMutation({
    mutationFn: () =>
      sendJson(
        "POST",
        "/api/auth/sign-in/social",
        { provider: "oidc", callbackURL: safeNext(next), errorCallbackURL: "/sign-in" },
        z.object({ url: z.url() }),
      ),
    onSuccess: ({ url }) => window.location.assign(url),
  });
}
