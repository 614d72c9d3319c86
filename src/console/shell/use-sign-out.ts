"use client";

import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { z } from "zod";
import { sendJson } from "../api-client.ts";
import { sentenceOf } from "../api-error.ts";

/** Ends the session on the server, then leaves every page that shows its data. */
export function useSignOut(): { start: () => void; pending: boolean } {
  const signOut = useMutation({
    mutationFn: () => sendJson("DELETE", "/api/session", {}, z.unknown()),
    onSuccess: () => window.location.assign("/sign-in"),
    onError: (error) =>
      notifications.show({ color: "red", title: "You are still signed in", message: sentenceOf(error) }),
  });
  return { start: () => signOut.mutate(), pending: signOut.isPending };
}
