import type { ReactNode } from "react";
import { preload } from "react-dom";
import { MeProvider } from "../../console/me/me.tsx";
import { ConsoleShell } from "../../console/shell/console-shell.tsx";
import { findCaller } from "./require-session.ts";

/** The frame of all pages behind the sign-in. Each page checks the session itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  // Every page reads it, for the counts beside the places at least: asked for while its scripts are still on their way.
  preload("/api/v1/overview", { as: "fetch", crossOrigin: "anonymous" });
  const caller = await findCaller();
  const me = caller && { id: caller.keyId, name: caller.keyName, role: caller.role };
  return (
    <MeProvider me={me}>
      <ConsoleShell>{children}</ConsoleShell>
    </MeProvider>
  );
}
