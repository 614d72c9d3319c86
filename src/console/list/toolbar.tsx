import type { ReactNode } from "react";
import classes from "./toolbar.module.css";

/** What narrows and orders a list. @param props.label what the list has, for who hears the page */
export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <search className={classes.toolbar} aria-label={label}>
      {children}
    </search>
  );
}
