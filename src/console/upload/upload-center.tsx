"use client";

import { useDisclosure } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useCallback, useMemo, useReducer, useState } from "react";
import { useMe } from "../me/me.tsx";
import { useOnceIdle } from "../shell/use-once-idle.ts";
import { type UploadItem, type UploadPhase, uploadsAfter } from "./upload.model.ts";
import { createUploadQueue } from "./upload-queue.ts";
import { UploadsContext } from "./uploads-context.ts";
import { useTargetProject } from "./use-target-project.ts";

const DropCover = dynamic(() => import("./drop-cover.tsx").then((cover) => cover.DropCover), { ssr: false });
const UploadDialog = dynamic(() => import("./upload-dialog.tsx").then((dialog) => dialog.UploadDialog), {
  ssr: false,
});
const UploadTray = dynamic(() => import("./upload-tray.tsx").then((tray) => tray.UploadTray), { ssr: false });

const uploadsAtOnce = 3;
let lastKey = 0;

/** Holds the uploads above the pages, so that going to another page does not end them. */
export function UploadCenter({ children }: { children: ReactNode }) {
  const [items, happen] = useReducer(uploadsAfter, []);
  const [enqueue] = useState(() => createUploadQueue(uploadsAtOnce));
  const [dialogOpened, dialog] = useDisclosure(false);
  const [project, setProject] = useTargetProject();
  const queries = useQueryClient();
  const idle = useOnceIdle();
  const refusal = useMe().refusal("POST /api/upload");

  const sendTo = useCallback(
    (files: readonly File[], target: string) => {
      const added = files.map((file) => ({ file, item: newItem(file, target) }));
      happen({ kind: "added", items: added.map(({ item }) => item) });
      for (const { file, item } of added) {
        enqueue(() =>
          sendOnceLoaded(file, target, (phase) => {
            happen({ kind: "moved", key: item.key, phase });
            if (phase.kind === "accepted") void queries.invalidateQueries({ queryKey: ["files"] });
          }),
        );
      }
    },
    [enqueue, queries],
  );
  const uploads = useMemo(
    () => ({
      project,
      chooseFiles: () => (refusal === null ? dialog.open() : refuse(refusal)),
      send: (files: readonly File[]) => {
        if (refusal !== null) refuse(refusal);
        else if (project === null) dialog.open();
        else sendTo(files, project);
      },
    }),
    [project, refusal, dialog.open, sendTo],
  );

  return (
    <UploadsContext value={uploads}>
      {children}
      {idle && (
        <>
          <DropCover active={!dialogOpened} project={project} onDrop={uploads.send} />
          <UploadDialog
            opened={dialogOpened}
            onClose={dialog.close}
            project={project}
            onProject={setProject}
            onSend={sendTo}
          />
          <UploadTray items={items} onClear={() => happen({ kind: "cleared" })} />
        </>
      )}
    </UploadsContext>
  );
}

/** What sends is loaded by the first upload; reports in the same way where it cannot be loaded. */
async function sendOnceLoaded(
  file: File,
  project: string,
  report: (phase: UploadPhase) => void,
): Promise<void> {
  try {
    const { sendUpload } = await import("./send-upload.ts");
    await sendUpload(file, project, report);
  } catch {
    const sentence = "The part of the console that sends files could not be loaded. Reload the page.";
    report({ kind: "refused", code: "unreachable", sentence });
  }
}

function refuse(why: string): void {
  notifications.show({ color: "red", title: "Nothing was uploaded", message: why });
}

function newItem(file: File, project: string): UploadItem {
  lastKey += 1;
  return { key: `upload-${lastKey}`, name: file.name, bytes: file.size, project, phase: { kind: "waiting" } };
}
