"use client";

import { IconAlertTriangle, IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { auditRuleQuery } from "./audit.query.ts";
import classes from "./audit-rule.module.css";

/** Says that the log can only be added to, and by which rule of the database; whether that is so is asked, not claimed. */
export function AuditRuleLine() {
  const { data: rule } = useQuery(auditRuleQuery);
  if (rule === undefined) return <p className={classes.line}>Who changed what, when, why and from where.</p>;
  const refuses = rule.refuses.join(", ");
  if (!rule.enforced)
    return (
      <p className={classes.line} data-broken role="alert">
        <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
        <span>
          The trigger <code>{rule.trigger}</code> on <code>{rule.table}</code> is missing or turned off:
          entries may have been changed or deleted.
        </span>
      </p>
    );
  return (
    <p className={classes.line}>
      <IconLock size={14} stroke={1.75} aria-hidden="true" />
      <span>
        Entries are added and never changed: the database’s trigger <code>{rule.trigger}</code> refuses{" "}
        {refuses} on <code>{rule.table}</code>, whoever asks.
      </span>
    </p>
  );
}
