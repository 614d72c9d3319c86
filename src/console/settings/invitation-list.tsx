"use client";

import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import type { InvitationView } from "../../triage/people/person-view.ts";
import { sentenceOf } from "../api-error.ts";
import { ComingText } from "../format/moment-text.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import { type Column, ListTable } from "../list/list-table.tsx";
import { PageSection } from "../page/page-section.tsx";
import { roleWords } from "./role-words.ts";
import { invitationsQuery } from "./settings.query.ts";
import { useSettingsDeed } from "./use-settings-deed.ts";

const columns: readonly Column<InvitationView>[] = [
  { head: "For", cell: ({ email }) => email ?? "whoever has the link" },
  { head: "Role", width: "7rem", quiet: true, cell: ({ role }) => roleWords[role].name },
  {
    head: "By",
    width: "9rem",
    quiet: true,
    narrow: "hidden",
    cell: ({ createdBy }) => createdBy ?? "the set-up",
  },
  {
    head: "Expires",
    width: "9rem",
    quiet: true,
    number: true,
    cell: ({ expiresAt }) => <ComingText at={expiresAt} />,
  },
  {
    head: "Take back",
    width: "8rem",
    deeds: true,
    narrow: "line",
    cell: (invitation) => <TakeBack invitation={invitation} />,
  },
];

/** The invitations that are open; nothing where there are none. */
export function InvitationList() {
  const { data } = useQuery(invitationsQuery);
  if (data === undefined || data.items.length === 0) return null;
  return (
    <PageSection
      title="Open invitations"
      beside={<ExportMenu label="Export the invitations" path="/api/v1/invitations" query={{}} />}
    >
      <ListTable
        caption="Open invitations, the newest first"
        columns={columns}
        items={data.items}
        keyOf={({ id }) => id}
        dimmed={false}
      />
    </PageSection>
  );
}

function TakeBack({ invitation }: { invitation: InvitationView }) {
  const revoke = useSettingsDeed({
    send: () => ({ method: "DELETE", path: `/api/v1/invitations/${encodeURIComponent(invitation.id)}` }),
    answer: z.unknown(),
    reread: ["invitations"],
    done: () => "The invitation was taken back.",
  });
  return (
    <Button
      variant="subtle"
      color="red"
      size="compact-sm"
      loading={revoke.isPending}
      aria-label={`Take back the invitation for ${invitation.email ?? "whoever has the link"}`}
      onClick={() =>
        revoke.mutate(undefined, {
          onError: (error) =>
            notifications.show({ color: "red", title: "The invitation stays", message: sentenceOf(error) }),
        })
      }
    >
      Take back
    </Button>
  );
}
