"use client";

import { Button, PasswordInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { ApiError, sentenceOf } from "../api-error.ts";
import { SignInFrame } from "./sign-in-frame.tsx";
import { useSignIn } from "./use-sign-in.ts";

/** Signing in with a key. */
export function SignInPage() {
  const [key, setKey] = useState("");
  const signIn = useSignIn();
  function submit(event: FormEvent) {
    event.preventDefault();
    signIn.mutate({ key: key.trim() });
  }
  return (
    <SignInFrame
      title="Sign in"
      text="With an API key of this deployment. On your own machine, the start prints a link that signs you in without one."
    >
      <form onSubmit={submit}>
        <PasswordInput
          label="API key"
          value={key}
          onChange={(event) => setKey(event.currentTarget.value)}
          error={signIn.error === null ? undefined : refusalOf(signIn.error)}
          autoComplete="current-password"
          spellCheck={false}
          data-autofocus
          required
          autoFocus
          mb="md"
        />
        <Button
          type="submit"
          size="sm"
          fullWidth
          loading={signIn.isPending || signIn.isSuccess}
          disabled={key.trim() === ""}
        >
          Sign in
        </Button>
      </form>
    </SignInFrame>
  );
}

function refusalOf(error: Error): string {
  const wrong = error instanceof ApiError && error.code === "unauthenticated";
  return wrong ? "No key reads like this. Check that it was copied whole." : sentenceOf(error);
}
