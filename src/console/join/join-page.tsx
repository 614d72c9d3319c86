"use client";

import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import Link from "next/link";
import type { Role } from "../../db/roles.ts";
import { sentenceOf } from "../api-error.ts";
import { roleWords } from "../settings/role-words.ts";
import classes from "../sign-in/sign-in-frame.module.css";
import { SignInFrame } from "../sign-in/sign-in-frame.tsx";
import { useSignIn } from "../sign-in/use-sign-in.ts";
import { joinChecks } from "./join-checks.ts";

/** What an invitation says. */
interface Invitation {
  readonly role: Role;
  readonly email: string | null;
  readonly firstAdmin: boolean;
}

/** Taking an invitation up: a name, an address, a password. @param props.invitation null where it is worth nothing */
export function JoinPage({ token, invitation }: { token: string; invitation: Invitation | null }) {
  if (invitation !== null) return <JoinForm token={token} invitation={invitation} />;
  return (
    <SignInFrame
      title="This invitation is over"
      text="It was used, was taken back or has expired. Ask an admin for another one; who has an account signs in."
    >
      <Button component={Link} href="/sign-in" size="sm" fullWidth>
        Sign in
      </Button>
    </SignInFrame>
  );
}

function JoinForm({ token, invitation }: { token: string; invitation: Invitation }) {
  const join = useSignIn<{ token: string; name: string; email: string; password: string }>(
    "/api/session/join",
  );
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: "", email: invitation.email ?? "", password: "" },
    validate: joinChecks,
  });
  return (
    <SignInFrame
      title={invitation.firstAdmin ? "Welcome to Waybill" : "Join Waybill"}
      text={
        invitation.firstAdmin
          ? "You are the first here, and its admin: you invite everybody else."
          : `You are invited as ${roleWords[invitation.role].one}: ${roleWords[invitation.role].may}.`
      }
    >
      <form onSubmit={form.onSubmit((values) => join.mutate({ token, ...values }))} noValidate>
        <Stack gap="md">
          <TextInput
            size="sm"
            label="Name"
            autoComplete="name"
            maxLength={100}
            required
            withAsterisk={false}
            autoFocus
            key={form.key("name")}
            {...form.getInputProps("name")}
          />
          <TextInput
            size="sm"
            label="E-mail"
            type="email"
            autoComplete="username"
            spellCheck={false}
            readOnly={invitation.email !== null}
            required
            withAsterisk={false}
            key={form.key("email")}
            {...form.getInputProps("email")}
          />
          <PasswordInput
            label="Password"
            description="At least 12 characters"
            autoComplete="new-password"
            required
            withAsterisk={false}
            key={form.key("password")}
            {...form.getInputProps("password")}
          />
          {join.error !== null && (
            <p className={classes.refused} role="alert">
              {sentenceOf(join.error)}
            </p>
          )}
          <Button type="submit" size="sm" fullWidth loading={join.isPending || join.isSuccess}>
            {invitation.firstAdmin ? "Open the console" : "Join"}
          </Button>
        </Stack>
      </form>
    </SignInFrame>
  );
}
