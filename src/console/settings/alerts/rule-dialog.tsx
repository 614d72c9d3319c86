"use client";

import { Modal, NumberInput, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useQuery } from "@tanstack/react-query";
import { type AlertKind, alertKinds } from "../../../db/alert-kinds.ts";
import {
  type AlertRule,
  alertRuleSchema,
  isCounting,
  isOfProject,
  isPatient,
} from "../../../triage/alerts/alert-rule-view.ts";
import { projectsQuery } from "../../projects/projects.query.ts";
import { FormFoot } from "../form-foot.tsx";
import { useSettingsDeed } from "../use-settings-deed.ts";
import { kindWords } from "./rule-words.model.ts";

const kinds = alertKinds.map((value) => ({ value, label: kindWords[value].choice }));

interface Values {
  readonly name: string;
  readonly kind: AlertKind;
  readonly minutes: number | string;
  readonly standing: number | string;
  readonly project: string | null;
  readonly url: string;
}

/** Makes a rule, or changes one. @param props.rule null for a new one */
export function RuleDialog({ rule, onClose }: { rule: AlertRule | null; onClose: () => void }) {
  const projects = useQuery(projectsQuery);
  const form = useForm<Values>({
    initialValues: {
      name: rule?.name ?? "",
      kind: rule?.kind ?? "new-failure",
      minutes: rule?.minutes ?? 30,
      standing: rule?.standing ?? 100,
      project: rule?.project ?? null,
      url: rule?.url ?? "",
    },
    validate: {
      name: (name) => (name.trim() === "" ? "What is it called?" : null),
      minutes: (count, { kind }) =>
        isPatient(kind) && !(Number(count) >= 1) ? "For how many minutes, at least 1?" : null,
      standing: (count, { kind }) =>
        isCounting(kind) && !(Number(count) >= 1) ? "For how many files, at least 1?" : null,
      url: (url) => (/^https?:\/\/./.test(url) ? null : "An address that begins with https://"),
    },
  });
  const save = useSettingsDeed({
    send: (values: Values) =>
      rule === null
        ? { method: "POST", path: "/api/v1/alert-rules", body: newOf(values) }
        : {
            method: "PATCH",
            path: `/api/v1/alert-rules/${encodeURIComponent(rule.id)}`,
            body: changeOf(values),
          },
    answer: alertRuleSchema,
    reread: ["alert-rules"],
    done: ({ name }) => `${name.trim()} is saved.`,
    onDone: onClose,
  });
  const { kind } = form.values;
  return (
    <Modal opened onClose={onClose} title={rule === null ? "New rule" : `Change ${rule.name}`} size="md">
      <form onSubmit={form.onSubmit((values) => save.mutate(values))}>
        <Stack gap="md">
          <TextInput label="Name" maxLength={100} data-autofocus {...form.getInputProps("name")} />
          <Select
            label="Tells of"
            data={kinds}
            allowDeselect={false}
            disabled={rule !== null}
            {...form.getInputProps("kind")}
          />
          {isPatient(kind) && (
            <NumberInput
              label="For longer than, in minutes"
              size="xs"
              min={1}
              max={10_080}
              allowDecimal={false}
              {...form.getInputProps("minutes")}
            />
          )}
          {isCounting(kind) && (
            <NumberInput
              label="When more files stand failed than"
              size="xs"
              description="Of each failure by itself. Those that are ignored or resolved do not count."
              min={1}
              max={1_000_000}
              allowDecimal={false}
              thousandSeparator=","
              {...form.getInputProps("standing")}
            />
          )}
          {isOfProject(kind) && (
            <Select
              label="Project"
              placeholder="All projects"
              data={projects.data?.map(({ slug }) => slug) ?? []}
              clearable
              disabled={rule !== null}
              {...form.getInputProps("project")}
            />
          )}
          <TextInput
            label="Address"
            description="Gets a POST for each alert, through QStash, signed. Chats take its text."
            type="url"
            maxLength={2000}
            {...form.getInputProps("url")}
          />
          <FormFoot
            deed={rule === null ? "Make the rule" : "Change the rule"}
            pending={save.isPending}
            error={save.error}
            onClose={onClose}
          />
        </Stack>
      </form>
    </Modal>
  );
}

function changeOf({ name, kind, minutes, standing, url }: Values) {
  return {
    name: name.trim(),
    url: url.trim(),
    ...(isPatient(kind) && { minutes: Number(minutes) }),
    ...(isCounting(kind) && { standing: Number(standing) }),
  };
}

function newOf(values: Values) {
  const { kind, project } = values;
  return { ...changeOf(values), kind, ...(isOfProject(kind) && { project }) };
}
