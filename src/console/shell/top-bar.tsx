"use client";

import { ActionIcon } from "@mantine/core";
import { IconKeyboard, IconLogout } from "@tabler/icons-react";
import Link from "next/link";
import { FindBox } from "../find/find-box.tsx";
import { TimeSwitch } from "../time/time-switch.tsx";
import { PlacesDrawer } from "./places-drawer.tsx";
import { SchemeToggle } from "./scheme-toggle.tsx";
import classes from "./top-bar.module.css";
import { useSignOut } from "./use-sign-out.ts";
import { WordMark } from "./word-mark.tsx";

/** The bar above every page: finding, and what is so on all pages. */
export function TopBar({ onShowKeys }: { onShowKeys: () => void }) {
  const signOut = useSignOut();
  return (
    <header className={classes.bar}>
      <PlacesDrawer />
      <Link href="/" className={classes.home} aria-label="Waybill, to the first page">
        <WordMark compact />
      </Link>
      <FindBox />
      <div className={classes.actions}>
        <TimeSwitch />
        <ActionIcon
          className={classes.keys}
          aria-label="Show the keys"
          data-hint="Keys (?)"
          onClick={onShowKeys}
        >
          <IconKeyboard size={18} stroke={1.75} />
        </ActionIcon>
        <SchemeToggle />
        <ActionIcon
          aria-label="Sign out"
          data-hint="Sign out"
          onClick={signOut.start}
          loading={signOut.pending}
        >
          <IconLogout size={18} stroke={1.75} />
        </ActionIcon>
      </div>
    </header>
  );
}
