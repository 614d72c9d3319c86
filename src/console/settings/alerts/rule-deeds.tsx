"use client";

import { Button, Group } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import { useState } from "react";
import { z } from "zod";
import { type AlertRule, alertRuleSchema, alertSchema } from "../../../triage/alerts/alert-rule-view.ts";
import { ConfirmDialog } from "../confirm-dialog.tsx";
import { useSettingsDeed } from "../use-settings-deed.ts";
import { hostOf } from "./rule-words.model.ts";

const reread = ["alert-rules"];

/** What is done with a rule: a test, a change, a pause, its end. */
export function RuleDeeds({ rule }: { rule: AlertRule }) {
  const { id, name, paused, url } = rule;
  const path = `/api/v1/alert-rules/${encodeURIComponent(id)}`;
  const [, setState] = useQueryStates({ rule: parseAsString, do: parseAsStringLiteral(["change"]) });
  const [removing, setRemoving] = useState(false);
  const test = useSettingsDeed({
    send: () => ({ method: "POST", path: `${path}/test` }),
    answer: alertSchema,
    reread,
    onDone: ({ state }) => notifications.show(tested[state](hostOf(url))),
  });
  const pause = useSettingsDeed({
    send: () => ({ method: "PATCH", path, body: { paused: !paused } }),
    answer: alertRuleSchema,
    reread,
    done: () => (paused ? `${name} is at work again.` : `${name} is paused.`),
  });
  const remove = useSettingsDeed({
    send: () => ({ method: "DELETE", path }),
    answer: z.unknown(),
    reread,
    done: () => `${name} was taken away.`,
    onDone: () => setRemoving(false),
  });
  const small = { variant: "subtle", size: "compact-sm" } as const;
  return (
    <Group gap={4} wrap="nowrap">
      <Button
        {...small}
        loading={test.isPending}
        aria-label={`Test ${name}`}
        onClick={() => test.mutate(undefined)}
      >
        Test
      </Button>
      <Button
        {...small}
        aria-haspopup="dialog"
        aria-label={`Change ${name}`}
        onClick={() => void setState({ rule: id, do: "change" }, { history: "push" })}
      >
        Change
      </Button>
      <Button
        {...small}
        loading={pause.isPending}
        aria-label={`${paused ? "Resume" : "Pause"} ${name}`}
        onClick={() => pause.mutate(undefined)}
      >
        {paused ? "Resume" : "Pause"}
      </Button>
      <Button
        {...small}
        color="red"
        aria-haspopup="dialog"
        aria-label={`Remove ${name}`}
        onClick={() => setRemoving(true)}
      >
        Remove
      </Button>
      {removing && (
        <ConfirmDialog
          title={`Remove ${name}`}
          deed="Remove"
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setRemoving(false)}
        >
          It tells of nothing any more, and what it has told is not shown any more. Pause it to keep both.
        </ConfirmDialog>
      )}
    </Group>
  );
}

const tested = {
  sent: (host: string) => ({ message: `QStash took the test and delivers it to ${host}.` }),
  waiting: () => ({ color: "red", message: "QStash does not answer; the test is sent as soon as it does." }),
  refused: (host: string) => ({
    color: "red",
    message: `QStash refuses to call ${host}. Change the address.`,
  }),
} as const;
