"use client";

import { Button, PasswordInput, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { z } from "zod";
import { Fact, FactRow } from "../format/fact-row.tsx";
import { passwordCheck } from "../join/join-checks.ts";
import { useMe } from "../me/me.tsx";
import { PageColumns, PageSection } from "../page/page-section.tsx";
import { Refused } from "./form-foot.tsx";
import { OwnSessions } from "./own-sessions.tsx";
import { roleWords } from "./role-words.ts";
import classes from "./settings.module.css";
import { SettingsFrame } from "./settings-frame.tsx";
import { useSettingsDeed } from "./use-settings-deed.ts";

/** One's own name, password and sessions. */
export function YouPage() {
  const me = useMe();
  return (
    <SettingsFrame>
      <FactRow>
        <Fact name="You">{me.name}</Fact>
        <Fact name="Role">
          {roleWords[me.role].name}: {roleWords[me.role].may}
        </Fact>
      </FactRow>
      <PageColumns>
        <PageSection title="Name">
          <NameForm key={me.name} name={me.name} />
        </PageSection>
        <PageSection title="Password">
          <PasswordForm />
        </PageSection>
      </PageColumns>
      <OwnSessions />
    </SettingsFrame>
  );
}

function NameForm({ name }: { name: string }) {
  const form = useForm({
    initialValues: { name },
    validate: { name: (typed) => (typed.trim() === "" ? "What are you called?" : null) },
  });
  const rename = useSettingsDeed({
    send: (values: { name: string }) => ({ method: "PATCH", path: "/api/v1/me", body: values }),
    answer: z.unknown(),
    reread: ["me", "people"],
    done: ({ name: to }) => `You are called ${to} now. What you did before keeps the name that you had.`,
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => rename.mutate(values))}>
      <Stack gap="md" align="start">
        <TextInput
          label="Name"
          w="100%"
          maxLength={100}
          autoComplete="name"
          {...form.getInputProps("name")}
        />
        <Refused error={rename.error} />
        <Button type="submit" variant="default" loading={rename.isPending} disabled={!form.isDirty()}>
          Change the name
        </Button>
      </Stack>
    </form>
  );
}

function PasswordForm() {
  const form = useForm({
    initialValues: { current: "", next: "" },
    validate: { current: (typed) => (typed === "" ? "Type the present one" : null), next: passwordCheck },
  });
  const change = useSettingsDeed({
    send: (values: { current: string; next: string }) => ({
      method: "POST",
      path: "/api/v1/me/password",
      body: values,
    }),
    answer: z.unknown(),
    reread: ["sessions"],
    done: () => "The password is changed; you are signed out everywhere else.",
    onDone: () => form.reset(),
  });
  return (
    <form className={classes.form} onSubmit={form.onSubmit((values) => change.mutate(values))}>
      <Stack gap="md" align="start">
        <PasswordInput
          label="Present password"
          size="xs"
          w="100%"
          autoComplete="current-password"
          {...form.getInputProps("current")}
        />
        <PasswordInput
          label="New password"
          description="At least 12 characters. All your other sessions end."
          size="xs"
          w="100%"
          autoComplete="new-password"
          {...form.getInputProps("next")}
        />
        <Refused error={change.error} />
        <Button type="submit" variant="default" loading={change.isPending}>
          Change the password
        </Button>
      </Stack>
    </form>
  );
}
