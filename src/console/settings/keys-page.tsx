"use client";

import { Switch } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { parseAsBoolean, parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { KeyView } from "../../triage/people/person-view.ts";
import { ComingText, MomentText } from "../format/moment-text.tsx";
import type { Column } from "../list/list-table.tsx";
import { ListTools } from "../list/list-tools.tsx";
import { PagedTable } from "../list/paged-list.tsx";
import { RowNote } from "../list/row-link.tsx";
import { Toolbar } from "../list/toolbar.tsx";
import { DeedButton } from "../me/deed-button.tsx";
import { useNow } from "../shell/now.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { AdminsOnly } from "./admins-only.tsx";
import { NewKeyDialog } from "./new-key-dialog.tsx";
import { RevokeKey } from "./revoke-key.tsx";
import { roleWords } from "./role-words.ts";
import classes from "./settings.module.css";
import { keysQuery } from "./settings.query.ts";
import { SettingsFrame } from "./settings-frame.tsx";

const columns: readonly Column<KeyView>[] = [
  {
    head: "Key",
    cell: (key) => (
      <>
        <span className={classes.name}>{key.name}</span>
        <RowNote>
          <code>{key.hint}…</code> by {key.createdBy ?? "the environment"}
        </RowNote>
      </>
    ),
  },
  { head: "Role", width: "6rem", quiet: true, cell: ({ role }) => roleWords[role].name },
  { head: "Expires", width: "9rem", quiet: true, number: true, cell: (key) => <Expiry of={key} /> },
  {
    head: "Last used",
    width: "7rem",
    quiet: true,
    number: true,
    narrow: "hidden",
    cell: ({ lastUsedAt }) => (lastUsedAt === null ? "never" : <MomentText at={lastUsedAt} />),
  },
  {
    head: "Made",
    width: "7rem",
    quiet: true,
    number: true,
    narrow: "hidden",
    cell: ({ createdAt }) => <MomentText at={createdAt} />,
  },
  { head: "Revoke", width: "6.5rem", deeds: true, narrow: "line", cell: (key) => <RevokeKey apiKey={key} /> },
];

const state = {
  cursor: parseAsString,
  revoked: parseAsBoolean.withDefault(false),
  do: parseAsStringLiteral(["new"]),
};

/** The API keys: what each may do, until when, and when it was used last. */
export function KeysPage() {
  const [{ do: open }, setState] = useQueryStates(state);
  return (
    <SettingsFrame
      actions={
        <DeedButton
          deed="POST /api/v1/keys"
          leftSection={<IconKey size={14} stroke={1.75} />}
          onClick={() => void setState({ do: "new" }, { history: "push" })}
        >
          New key
        </DeedButton>
      }
    >
      <AdminsOnly read="GET /api/v1/keys" title="API keys are for admins to see">
        <KeyList />
        {open === "new" && <NewKeyDialog onClose={() => void setState({ do: null })} />}
      </AdminsOnly>
    </SettingsFrame>
  );
}

function KeyList() {
  const [{ cursor, revoked }, setState] = useQueryStates(state);
  const keys = useQuery(keysQuery({ cursor, revoked }));
  return (
    <>
      <Toolbar label="API keys">
        <Switch
          label="Also revoked ones"
          size="xs"
          checked={revoked}
          onChange={(event) =>
            void setState({ revoked: event.currentTarget.checked, cursor: null }, { history: "push" })
          }
        />
        <ListTools path="/api/v1/keys" query={{ revoked: String(revoked) }} />
      </Toolbar>
      <PagedTable
        caption="API keys, the newest first"
        columns={columns}
        keyOf={({ id }) => id}
        read={keys}
        failed="The API keys could not be read"
        empty={<EmptyState title="No API keys" text="A program that asks the API needs one." />}
        words={["key", "keys"]}
        cursor={cursor}
        onCursor={(next) => void setState({ cursor: next }, { history: "push", scroll: true })}
      />
    </>
  );
}

function Expiry({ of }: { of: KeyView }) {
  const now = useNow();
  if (of.revokedAt !== null) return "revoked";
  if (of.expiresAt === null) return "never";
  if (Date.parse(of.expiresAt) <= now.getTime()) return "expired";
  return <ComingText at={of.expiresAt} />;
}
