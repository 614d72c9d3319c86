"use client";

import { Modal } from "@mantine/core";
import { useState } from "react";
import { DropField } from "./drop-field.tsx";
import { ProjectChoice } from "./project-choice.tsx";

/** Chooses the project and the files of an upload. */
export function UploadDialog(props: {
  opened: boolean;
  onClose: () => void;
  project: string | null;
  onProject: (slug: string) => void;
  onSend: (files: readonly File[], project: string) => void;
}) {
  // What is chosen here wins over the page's filter for this one dialog.
  const [chosen, setChosen] = useState<string | null>(null);
  const target = chosen ?? props.project;
  function close() {
    setChosen(null);
    props.onClose();
  }
  return (
    <Modal opened={props.opened} onClose={close} title="Upload files" size="md">
      <ProjectChoice
        value={target}
        onChange={(slug) => {
          setChosen(slug);
          props.onProject(slug);
        }}
      />
      <DropField
        disabled={target === null}
        onFiles={(files) => {
          if (target === null) return;
          props.onSend(files, target);
          close();
        }}
      />
    </Modal>
  );
}
