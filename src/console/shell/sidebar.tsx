"use client";

import { ActionIcon } from "@mantine/core";
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from "@tabler/icons-react";
import Link from "next/link";
import { PlaceList } from "./place-list.tsx";
import classes from "./sidebar.module.css";
import { useSidebarWidth } from "./sidebar-width.ts";
import { WordMark } from "./word-mark.tsx";

/** The places at the left of every page, with their names or as icons alone; narrow screens have the drawer. */
export function Sidebar() {
  const { icons, turn } = useSidebarWidth();
  const says = icons ? "Show the names of the places ([)" : "Show icons alone ([)";
  const Icon = icons ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  return (
    <nav className={classes.sidebar} aria-label="Pages">
      <Link href="/" className={classes.home} aria-label="Waybill, to the first page">
        <WordMark compact />
      </Link>
      <div className={classes.places}>
        <PlaceList narrow={icons} />
      </div>
      <div className={classes.foot}>
        <ActionIcon aria-label={says} data-hint={says} data-hint-side="right" onClick={turn}>
          <Icon size={18} stroke={1.75} />
        </ActionIcon>
      </div>
    </nav>
  );
}
