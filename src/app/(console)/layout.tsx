import type { ReactNode } from "react";
import { ConsoleShell } from "../../console/shell/console-shell.tsx";

/** The frame of all pages behind the sign-in. Each page checks the session itself. */
export default function ConsoleLayout({ children }: { children: ReactNode }) {
  return <ConsoleShell>{children}</ConsoleShell>;
}
