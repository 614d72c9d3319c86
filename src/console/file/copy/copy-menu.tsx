"use client";

import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconChevronDown } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import type { FileView, RunView } from "../../../pipeline/files/file-view.ts";
import { sentenceOf } from "../../api-error.ts";
import classes from "./copy-menu.module.css";
import { copyText, readForClipboard } from "./copy-text.ts";
import { curlText, linkText, linkWithTimesText, otlpPath } from "./copy-texts.model.ts";

/** Something that can be copied; what it is stands in the menu and in the answer. */
interface Copied {
  readonly label: string;
  readonly text: () => string | Promise<string>;
}

const shownMs = 2_500;

/** The file in the forms in which it is handed on: to a colleague, a shell, another tool. */
export function CopyMenu({ file, run }: { file: FileView; run: RunView }) {
  const copying = useMutation({
    mutationFn: ({ text }: Copied) => copyText(text()),
    onSuccess: (_, { label }) => notifications.show({ message: `Copied: ${label}`, autoClose: shownMs }),
    onError: (error, { label }) =>
      notifications.show({ color: "red", title: `Not copied: ${label}`, message: sentenceOf(error) }),
  });
  const forms: readonly Copied[] = [
    { label: "Link", text: () => linkText(window.location, file, run) },
    { label: "Link with times in UTC", text: () => linkWithTimesText(window.location, file, run) },
    { label: "Trace id", text: () => run.traceId },
    { label: "curl", text: () => curlText(window.location, file) },
    { label: "OTLP JSON", text: () => readForClipboard(otlpPath(file)) },
  ];
  return (
    <Menu position="bottom-end" classNames={{ item: classes.item ?? "" }}>
      <Menu.Target>
        <Button
          className={classes.copy ?? ""}
          loading={copying.isPending}
          variant="default"
          size="compact-xs"
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          Copy as
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {forms.map((form) => (
          <Menu.Item key={form.label} onClick={() => copying.mutate(form)}>
            {form.label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component="a" href={otlpPath(file)} download={`${file.id}.otlp.json`}>
          Download the whole trace
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
