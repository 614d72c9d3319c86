"use client";

import { Button, PasswordInput } from "@mantine/core";
import { parseAsString, useQueryState } from "nuqs";
import { type FormEvent, useState } from "react";
import { errorCodes } from "../../kernel/error-codes.ts";
import { ApiError, sentenceOf } from "../api-error.ts";
import { SignInFrame } from "./sign-in-frame.tsx";
import { useSignIn } from "./use-sign-in.ts";

/** Signing in with a key. */
export function SignInPage() {
  const [key, setKey] = useState("");
  const signIn = useSignIn();
  // A plain form that was refused comes back here with the code of the refusal.
  const [refusedCode] = useQueryState("error", parseAsString);
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
          error={signIn.error === null ? sentenceOfCode(refusedCode) : refusalOf(signIn.error)}
          autoComplete="current-password"
          spellCheck={false}
          required
          withAsterisk={false}
          autoFocus
          mb="md"
        />
        <Button type="submit" size="sm" fullWidth loading={signIn.isPending || signIn.isSuccess}>
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

function sentenceOfCode(code: string | null): string | undefined {
  if (code === null) return undefined;
  const known = Object.entries(errorCodes).find(([name]) => name === code);
  return known?.[1].sentence ?? "The sign-in was refused.";
}
