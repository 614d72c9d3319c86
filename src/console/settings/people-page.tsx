"use client";

import { IconUserPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { parseAsString, parseAsStringLiteral, useQueryStates } from "nuqs";
import type { PersonView } from "../../triage/people/person-view.ts";
import { MomentText } from "../format/moment-text.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import type { Column } from "../list/list-table.tsx";
import { PagedTable } from "../list/paged-list.tsx";
import { RowNote } from "../list/row-link.tsx";
import { DeedButton } from "../me/deed-button.tsx";
import { useMe } from "../me/me.tsx";
import { PageSection } from "../page/page-section.tsx";
import { EmptyState } from "../states/empty-state.tsx";
import { AdminsOnly } from "./admins-only.tsx";
import { InvitationList } from "./invitation-list.tsx";
import { InviteDialog } from "./invite-dialog.tsx";
import { PersonDeeds } from "./person-deeds.tsx";
import classes from "./settings.module.css";
import { peopleQuery } from "./settings.query.ts";
import { SettingsFrame } from "./settings-frame.tsx";

const columns: readonly Column<PersonView>[] = [
  { head: "Person", cell: (person) => <PersonCell person={person} /> },
  {
    head: "Here since",
    width: "7rem",
    quiet: true,
    number: true,
    narrow: "hidden",
    cell: ({ createdAt }) => <MomentText at={createdAt} />,
  },
  {
    head: "Last seen",
    width: "7rem",
    quiet: true,
    number: true,
    narrow: "hidden",
    cell: ({ lastSeenAt }) => (lastSeenAt === null ? "–" : <MomentText at={lastSeenAt} />),
  },
  {
    head: "Role and removal",
    width: "15rem",
    deeds: true,
    narrow: "line",
    cell: (person) => <PersonDeeds person={person} />,
  },
];

const state = { cursor: parseAsString, do: parseAsStringLiteral(["invite"]) };

/** Who signs in and with which role, and who is invited. */
export function PeoplePage() {
  const [{ do: open }, setState] = useQueryStates(state);
  return (
    <SettingsFrame
      actions={
        <DeedButton
          deed="POST /api/v1/invitations"
          leftSection={<IconUserPlus size={14} stroke={1.75} />}
          onClick={() => void setState({ do: "invite" }, { history: "push" })}
        >
          Invite somebody
        </DeedButton>
      }
    >
      <AdminsOnly read="GET /api/v1/people" title="Who signs in is for admins to see">
        <PeopleList />
        <InvitationList />
        {open === "invite" && <InviteDialog onClose={() => void setState({ do: null })} />}
      </AdminsOnly>
    </SettingsFrame>
  );
}

function PeopleList() {
  const [{ cursor }, setState] = useQueryStates(state);
  const people = useQuery(peopleQuery(cursor));
  return (
    <PageSection
      title="People"
      beside={<ExportMenu label="Export the people" path="/api/v1/people" query={{}} />}
    >
      <PagedTable
        caption="People, the newest first"
        columns={columns}
        keyOf={({ id }) => id}
        read={people}
        failed="The people could not be read"
        empty={<EmptyState title="Nobody else" text="There is nobody on this page." />}
        words={["person", "people"]}
        cursor={cursor}
        onCursor={(next) => void setState({ cursor: next }, { history: "push", scroll: true })}
      />
    </PageSection>
  );
}

function PersonCell({ person }: { person: PersonView }) {
  const me = useMe();
  return (
    <>
      <span className={classes.name}>{person.name}</span>
      {person.id === me.id && <span className={classes.quiet}> · you</span>}
      <RowNote>{person.email}</RowNote>
    </>
  );
}
