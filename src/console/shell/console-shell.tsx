"use client";

import { useDisclosure } from "@mantine/hooks";
import type { ReactNode } from "react";
import { FindPalette } from "../find/find-palette.tsx";
import { LiveProvider } from "../page/live.tsx";
import { TimeProvider } from "../time/time-zone.tsx";
import { UploadCenter } from "../upload/upload-center.tsx";
import classes from "./console-shell.module.css";
import { KeyBindings } from "./key-bindings.tsx";
import { KeysHelp } from "./keys-help.tsx";
import { NowProvider } from "./now.tsx";
import { Sidebar } from "./sidebar.tsx";
import { TopBar } from "./top-bar.tsx";

/** The frame of all pages behind the sign-in. */
export function ConsoleShell({ children }: { children: ReactNode }) {
  const [keysShown, keys] = useDisclosure(false);
  return (
    <NowProvider>
      <TimeProvider>
        <LiveProvider>
          <UploadCenter>
            <a className={classes.skip} href="#main">
              Skip to the page
            </a>
            <div className={classes.frame}>
              <Sidebar />
              <div className={classes.body}>
                <TopBar onShowKeys={keys.open} />
                <main id="main" className={classes.main} tabIndex={-1}>
                  {children}
                </main>
              </div>
            </div>
            <FindPalette onShowKeys={keys.open} />
            <KeyBindings onShowKeys={keys.open} />
            <KeysHelp opened={keysShown} onClose={keys.close} />
          </UploadCenter>
        </LiveProvider>
      </TimeProvider>
    </NowProvider>
  );
}
