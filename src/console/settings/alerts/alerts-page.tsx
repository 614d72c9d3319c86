"use client";

import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { AlertRule } from "../../../triage/alerts/alert-rule-view.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { ExportMenu } from "../../list/export-menu.tsx";
import type { Column } from "../../list/list-table.tsx";
import { RowLink, RowNote } from "../../list/row-link.tsx";
import { WholeTable } from "../../list/whole-table.tsx";
import { DeedButton } from "../../me/deed-button.tsx";
import { PageSection } from "../../page/page-section.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { AdminsOnly } from "../admins-only.tsx";
import classes from "../settings.module.css";
import { SettingsFrame } from "../settings-frame.tsx";
import { alertRulesQuery } from "./alerts.query.ts";
import { RuleDeeds } from "./rule-deeds.tsx";
import { RuleDialog } from "./rule-dialog.tsx";
import { hostOf, ruleText } from "./rule-words.model.ts";
import { ToldList } from "./told-list.tsx";

const columns: readonly Column<AlertRule>[] = [
  {
    head: "Rule",
    cell: (rule) => (
      <>
        <RowLink href={`/settings/alerts?rule=${encodeURIComponent(rule.id)}`} text={rule.name} />
        <RowNote>
          <span className={classes.tells}>tells of {ruleText(rule)}</span>
        </RowNote>
      </>
    ),
  },
  { head: "To", width: "10rem", quiet: true, narrow: "hidden", cell: ({ url }) => hostOf(url) },
  {
    head: "Last alert",
    width: "7rem",
    quiet: true,
    number: true,
    cell: ({ lastAlertAt }) => (lastAlertAt === null ? "never" : <MomentText at={lastAlertAt} />),
  },
  { head: "State", width: "5.5rem", quiet: true, cell: ({ paused }) => (paused ? "paused" : "at work") },
  { head: "Deeds", width: "20rem", deeds: true, narrow: "line", cell: (rule) => <RuleDeeds rule={rule} /> },
];
const caption = "Rules of alerts, the newest first";
const state = { rule: parseAsString, cursor: parseAsString, do: parseAsStringLiteral(["new", "change"]) };

/** Of what somebody is told without looking, and where: the rules, and what each has told. */
export function AlertsPage() {
  const [{ do: open }, setState] = useQueryStates(state);
  return (
    <SettingsFrame
      actions={
        <DeedButton
          deed="POST /api/v1/alert-rules"
          leftSection={<IconBell size={14} stroke={1.75} />}
          onClick={() => void setState({ do: "new" }, { history: "push" })}
        >
          New rule
        </DeedButton>
      }
    >
      <AdminsOnly read="GET /api/v1/alert-rules" title="Rules of alerts are for admins to see">
        <p className={classes.note}>
          Budgets tell of their thresholds by themselves; those are set with{" "}
          <Link href="/budgets">each budget</Link>.
        </p>
        <RuleList />
        {open === "new" && <RuleDialog rule={null} onClose={() => void setState({ do: null })} />}
      </AdminsOnly>
    </SettingsFrame>
  );
}

function RuleList() {
  const [{ rule: chosen, cursor, do: open }, setState] = useQueryStates(state);
  const rules = useQuery(alertRulesQuery);
  const rule = rules.data?.items.find(({ id }) => id === chosen);
  return (
    <>
      <PageSection
        title="Rules"
        beside={<ExportMenu label="Export the rules" path="/api/v1/alert-rules" query={{}} />}
      >
        <WholeTable
          caption={caption}
          columns={columns}
          keyOf={({ id }) => id}
          read={rules}
          failed="The rules could not be read"
          empty={
            <EmptyState
              title="No rules yet"
              text="A rule sends a message to an address when something breaks, does not go on or comes back, so that nobody has to look."
            />
          }
        />
      </PageSection>
      {rule !== undefined && (
        <ToldList
          rule={rule}
          cursor={cursor}
          onCursor={(next) => void setState({ cursor: next }, { history: "push" })}
        />
      )}
      {rule !== undefined && open === "change" && (
        <RuleDialog rule={rule} onClose={() => void setState({ do: null })} />
      )}
    </>
  );
}
