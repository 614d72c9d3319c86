"use client";

import { Button, Divider, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { parseAsString, useQueryState } from "nuqs";
import { sentenceOf } from "../api-error.ts";
import { providerRefusal } from "./provider-refusal.ts";
import classes from "./sign-in-frame.module.css";
import { SignInFrame } from "./sign-in-frame.tsx";
import { useProviderSignIn, useSignIn } from "./use-sign-in.ts";

/** Signing in by e-mail and password, and by the identity provider where there is one. */
export function SignInPage({ providerName }: { providerName: string | null }) {
  const form = useForm({ mode: "uncontrolled", initialValues: { email: "", password: "" } });
  const signIn = useSignIn<{ email: string; password: string }>("/api/session");
  const provider = useProviderSignIn();
  // The identity provider leads back here when it refused.
  const [refused] = useQueryState("error", parseAsString);
  const error = signIn.error ?? provider.error;
  const said = error === null ? refused && providerRefusal(refused) : sentenceOf(error);
  return (
    <SignInFrame
      title="Sign in"
      text="Who has no account yet is invited by an admin. On your own machine, the start prints a link that makes the first."
    >
      <form onSubmit={form.onSubmit((values) => signIn.mutate(values))}>
        <Stack gap="md">
          <TextInput
            size="sm"
            label="E-mail"
            type="email"
            autoComplete="username"
            spellCheck={false}
            required
            withAsterisk={false}
            autoFocus
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label="Password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          {said !== null && (
            <p className={classes.refused} role="alert">
              {said}
            </p>
          )}
          <Button type="submit" size="sm" fullWidth loading={signIn.isPending || signIn.isSuccess}>
            Sign in
          </Button>
          {providerName !== null && (
            <>
              <Divider label="or" />
              <Button
                variant="default"
                size="sm"
                fullWidth
                loading={provider.isPending || provider.isSuccess}
                onClick={() => provider.mutate()}
              >
                Sign in with {providerName}
              </Button>
            </>
          )}
        </Stack>
      </form>
    </SignInFrame>
  );
}
