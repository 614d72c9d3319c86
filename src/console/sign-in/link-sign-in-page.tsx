"use client";

import { Button, Loader } from "@mantine/core";
import Link from "next/link";
import { useEffect, useRef } from "react";
import { ApiError, sentenceOf } from "../api-error.ts";
import { SignInFrame } from "./sign-in-frame.tsx";
import { useSignIn } from "./use-sign-in.ts";

/**
 * Redeems a one-time link. The page does it by a POST of its own, so that a preview that merely reads the address
 * does not use the link up.
 */
export function LinkSignInPage({ token }: { token: string }) {
  const signIn = useSignIn();
  const { mutate } = signIn;
  const sent = useRef(false);
  useEffect(() => {
    if (sent.current) return;
    sent.current = true;
    mutate({ link: token });
  }, [mutate, token]);

  if (signIn.error === null) {
    return (
      <SignInFrame title="Signing you in" text="This takes a moment.">
        <Loader size="sm" />
      </SignInFrame>
    );
  }
  const passing = signIn.error instanceof ApiError && signIn.error.passing;
  return (
    <SignInFrame title="The link did not sign you in" text={sentenceOf(signIn.error)}>
      {passing ? (
        <Button size="sm" onClick={() => mutate({ link: token })} loading={signIn.isPending}>
          Try again
        </Button>
      ) : (
        <Button component={Link} href="/sign-in" size="sm" variant="default">
          Sign in with a key
        </Button>
      )}
    </SignInFrame>
  );
}
