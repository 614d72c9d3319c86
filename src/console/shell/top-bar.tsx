"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { IconKeyboard, IconLogout } from "@tabler/icons-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { FindBox } from "../find/find-box.tsx";
import { SchemeToggle } from "./scheme-toggle.tsx";
import classes from "./top-bar.module.css";
import { useSignOut } from "./use-sign-out.ts";
import { WordMark } from "./word-mark.tsx";

/** Where one can go; what is found below `also` belongs to the place too. */
const places: readonly { readonly href: string; readonly label: string; readonly also?: string }[] = [
  { href: "/failures", label: "Failures" },
  { href: "/stuck", label: "Stuck" },
  { href: "/queue", label: "Queue" },
  { href: "/requeues", label: "Requeues", also: "/plans" },
  { href: "/files", label: "Files" },
  { href: "/search", label: "Search" },
  { href: "/budgets", label: "Budgets" },
  { href: "/dashboards", label: "Dashboards" },
  { href: "/providers", label: "Providers" },
  { href: "/reconciliation", label: "Reconciliation" },
  { href: "/pipeline", label: "Pipeline" },
  { href: "/audit", label: "Audit" },
  { href: "/settings", label: "Settings" },
];

/** The bar above every page: where one is, where one can go. */
export function TopBar({ onShowKeys }: { onShowKeys: () => void }) {
  const pathname = usePathname();
  const signOut = useSignOut();
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the places scroll, and the present one must be seen.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark moves with the path
  useEffect(() => {
    nav.current
      ?.querySelector("[aria-current=page]")
      ?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [pathname]);
  return (
    <header className={classes.bar}>
      <a className={classes.skip} href="#main">
        Skip to the page
      </a>
      <Link href="/files" className={classes.home} aria-label="Waybill, to the files">
        <WordMark compact />
      </Link>
      <nav ref={nav} className={classes.places} aria-label="Pages">
        {places.map(({ href, label, also }) => (
          <Link
            key={href}
            href={href}
            className={classes.place}
            aria-current={[href, also].some((top) => isWithin(pathname, top)) ? "page" : undefined}
          >
            {label}
          </Link>
        ))}
      </nav>
      <FindBox />
      <div className={classes.actions}>
        <Tooltip label="Keys (?)">
          <ActionIcon className={classes.keys} aria-label="Show the keys" onClick={onShowKeys}>
            <IconKeyboard size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
        <SchemeToggle />
        <Tooltip label="Sign out">
          <ActionIcon aria-label="Sign out" onClick={signOut.start} loading={signOut.pending}>
            <IconLogout size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}

function isWithin(pathname: string, top: string | undefined): boolean {
  return top !== undefined && (pathname === top || pathname.startsWith(`${top}/`));
}
