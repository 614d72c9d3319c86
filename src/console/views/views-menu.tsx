"use client";

import { Menu } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBookmark, IconCheck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import type { SavedView } from "../../triage/views/view-view.ts";
import { sentenceOf } from "../api-error.ts";
import { ToolMenu } from "../list/tool-menu.tsx";
import { noteUsed } from "./last-view.ts";
import { viewHref, viewQueryOf } from "./view-href.ts";
import { viewsQuery } from "./views.query.ts";
import { ViewsDialog } from "./views-dialog.tsx";

/** The saved views of the page, and the way to save what it shows now. */
export function ViewsMenu() {
  const router = useRouter();
  const page = usePathname();
  const query = viewQueryOf(useSearchParams().toString());
  const views = useQuery(viewsQuery);
  const [keeping, keep] = useDisclosure(false);
  const here = views.data?.filter((view) => view.page === page) ?? [];
  const open = (view: SavedView) => {
    noteUsed(view);
    router.push(viewHref(view));
  };
  return (
    <>
      <ToolMenu
        label="Saved views"
        icon={IconBookmark}
        note={noteOf(views.error, views.isPending, here.length)}
      >
        {here.map((view) => (
          <Menu.Item
            key={view.id}
            onClick={() => open(view)}
            rightSection={view.query === query && <IconCheck size={14} aria-label="shown now" />}
          >
            {view.name}
            {!view.own && ` (${view.by})`}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={keep.open}>Save or remove views…</Menu.Item>
      </ToolMenu>
      <ViewsDialog opened={keeping} onClose={keep.close} page={page} query={query} views={here} />
    </>
  );
}

function noteOf(error: Error | null, pending: boolean, count: number): string {
  if (error !== null) return `The saved views could not be read. ${sentenceOf(error)}`;
  if (pending) return "Reading the saved views";
  return count === 0 ? "No view of this page is saved" : "Saved views (v opens the last one)";
}
