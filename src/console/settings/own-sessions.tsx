"use client";

import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import type { SessionView } from "../../triage/people/person-view.ts";
import { deviceWords } from "../audit/device-words.ts";
import { ComingText, MomentText } from "../format/moment-text.tsx";
import { ExportMenu } from "../list/export-menu.tsx";
import type { Column } from "../list/list-table.tsx";
import { WholeTable } from "../list/whole-table.tsx";
import { PageSection } from "../page/page-section.tsx";
import classes from "./settings.module.css";
import { sessionsQuery } from "./settings.query.ts";
import { useSettingsDeed } from "./use-settings-deed.ts";

const columns: readonly Column<SessionView>[] = [
  {
    head: "Browser",
    cell: ({ userAgent, current }) => (
      <>
        <span className={classes.name}>{deviceWords(userAgent) ?? "A browser"}</span>
        {current && <span className={classes.quiet}> · this one</span>}
      </>
    ),
  },
  {
    head: "Signed in",
    width: "8rem",
    quiet: true,
    number: true,
    cell: ({ createdAt }) => <MomentText at={createdAt} />,
  },
  {
    head: "Ends",
    width: "8rem",
    quiet: true,
    number: true,
    cell: ({ expiresAt }) => <ComingText at={expiresAt} />,
  },
];
const caption = "Your sessions, the newest first";

/** Where one is signed in, and the way out of all but here. */
export function OwnSessions() {
  const sessions = useQuery(sessionsQuery);
  const endOthers = useSettingsDeed({
    send: () => ({ method: "POST", path: "/api/v1/me/sessions/end-others" }),
    answer: z.unknown(),
    reread: ["sessions"],
    done: () => "You are signed out everywhere else.",
  });
  const others = (sessions.data?.items.length ?? 0) > 1;
  return (
    <PageSection
      title="Sessions"
      beside={
        <>
          <Button
            variant="default"
            size="compact-sm"
            loading={endOthers.isPending}
            disabled={!others}
            onClick={() => endOthers.mutate(undefined)}
          >
            Sign out elsewhere
          </Button>
          <ExportMenu label="Export your sessions" path="/api/v1/me/sessions" query={{}} />
        </>
      }
    >
      <WholeTable
        caption={caption}
        columns={columns}
        keyOf={({ id }) => id}
        read={sessions}
        failed="Your sessions could not be read"
      />
    </PageSection>
  );
}
