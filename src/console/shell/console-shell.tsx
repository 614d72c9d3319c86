"use client";

import { useDisclosure } from "@mantine/hooks";
import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { HintLayer } from "../hint/hint-layer.tsx";
import { LiveProvider } from "../page/live.tsx";
import { TimeProvider } from "../time/time-zone.tsx";
import { UploadCenter } from "../upload/upload-center.tsx";
import classes from "./console-shell.module.css";
import { KeyBindings } from "./key-bindings.tsx";
import { NowProvider } from "./now.tsx";
import { Sidebar } from "./sidebar.tsx";
import { TopBar } from "./top-bar.tsx";
import { useOnceIdle } from "./use-once-idle.ts";

const FindPalette = dynamic(() => import("../find/find-palette.tsx").then((find) => find.FindPalette), {
  ssr: false,
});
const KeysHelp = dynamic(() => import("./keys-help.tsx").then((help) => help.KeysHelp), { ssr: false });

/** The frame of all pages behind the sign-in. */
export function ConsoleShell({ children }: { children: ReactNode }) {
  const [keysShown, keys] = useDisclosure(false);
  const idle = useOnceIdle();
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
            <HintLayer />
            <KeyBindings onShowKeys={keys.open} />
            {idle && <FindPalette onShowKeys={keys.open} />}
            {idle && <KeysHelp opened={keysShown} onClose={keys.close} />}
          </UploadCenter>
        </LiveProvider>
      </TimeProvider>
    </NowProvider>
  );
}
