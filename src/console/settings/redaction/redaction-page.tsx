"use client";

import { IconEyeOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { parseAsStringLiteral, useQueryStates } from "nuqs";
import type { RedactedField } from "../../../triage/redaction/redaction-view.ts";
import { MomentText } from "../../format/moment-text.tsx";
import { ExportMenu } from "../../list/export-menu.tsx";
import { type Column, ListTable, ListTableSkeleton } from "../../list/list-table.tsx";
import { DeedButton } from "../../me/deed-button.tsx";
import { PageColumns, PageSection } from "../../page/page-section.tsx";
import { EmptyState } from "../../states/empty-state.tsx";
import { Loaded } from "../../states/loaded.tsx";
import { SettingsFrame } from "../settings-frame.tsx";
import { HideFieldDialog } from "./hide-field-dialog.tsx";
import classes from "./redaction.module.css";
import { redactionQuery } from "./redaction.query.ts";
import { ShowField } from "./show-field.tsx";

const columns: readonly Column<RedactedField>[] = [
  { head: "Field", cell: ({ field }) => <code className={classes.field}>{field}</code> },
  { head: "By", width: "9rem", quiet: true, cell: ({ createdBy }) => createdBy },
  {
    head: "Since",
    width: "7rem",
    quiet: true,
    number: true,
    cell: ({ createdAt }) => <MomentText at={createdAt} />,
  },
  { head: "Show again", width: "7rem", deeds: true, narrow: "line", cell: (one) => <ShowField of={one} /> },
];
const caption = "Hidden fields, the newest first";

/** Which fields of payloads are hidden: those that admins have named, and those that always are. */
export function RedactionPage() {
  const [{ do: open }, setState] = useQueryStates({ do: parseAsStringLiteral(["hide"]) });
  const redaction = useQuery(redactionQuery);
  const hide = (
    <DeedButton
      deed="POST /api/v1/redaction/fields"
      leftSection={<IconEyeOff size={14} stroke={1.75} />}
      onClick={() => void setState({ do: "hide" }, { history: "push" })}
    >
      Hide a field
    </DeedButton>
  );
  return (
    <SettingsFrame actions={hide}>
      <Loaded
        read={redaction}
        loading={<ListTableSkeleton caption={caption} columns={columns} />}
        failed="What is hidden could not be read"
      >
        {({ items, fixed, adminsOnly }) => (
          <>
            <PageSection title="Hidden by admins" beside={<ExportMenu path="/api/v1/redaction" query={{}} />}>
              {items.length === 0 ? (
                <EmptyState
                  title="No field is named yet"
                  text="A named field's values are hidden on all pages, in the API and in exports. What is stored, and what a requeue sends, stays as it is."
                />
              ) : (
                <ListTable
                  caption={caption}
                  columns={columns}
                  items={items}
                  keyOf={({ id }) => id}
                  dimmed={false}
                />
              )}
            </PageSection>
            <PageColumns>
              <PageSection title="Always hidden">
                <FieldNames names={fixed} />
              </PageSection>
              <PageSection title="Shown to admins only">
                <FieldNames names={adminsOnly} />
              </PageSection>
            </PageColumns>
          </>
        )}
      </Loaded>
      {open === "hide" && <HideFieldDialog onClose={() => void setState({ do: null })} />}
    </SettingsFrame>
  );
}

function FieldNames({ names }: { names: readonly string[] }) {
  return (
    <ul className={classes.names}>
      {names.map((name) => (
        <li key={name}>
          <code className={classes.field}>{name}</code>
        </li>
      ))}
    </ul>
  );
}
