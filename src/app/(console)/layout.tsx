import type { ReactNode } from "react";
import { MeProvider } from "../../console/me/me.tsx";
import { ConsoleShell } from "../../console/shell/console-shell.tsx";
import { findCaller } from "./require-session.ts";

/** The frame of all pages behind the sign-in. Each page checks the session itself. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const caller = await findCaller();
  const me = caller && { id: caller.keyId, name: caller.keyName, role: caller.role };
  return (
    <MeProvider me={me}>
      <ConsoleShell>{children}</ConsoleShell>
    </MeProvider>
  );
}
