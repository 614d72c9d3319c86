"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import classes from "./page-tabs.module.css";

/**
 * The tabs of pages that belong together: each has an address.
 * @param props.label what they are about, for who hears the page
 */
export function PageTabs(props: {
  label: string;
  tabs: readonly { readonly href: string; readonly label: string }[];
}) {
  const pathname = usePathname();
  const list = useCurrentInSight(pathname);
  return (
    <nav ref={list} className={classes.tabs} aria-label={props.label}>
      {props.tabs.map(({ href, label }) => (
        <Link
          key={href}
          href={href}
          className={classes.tab}
          aria-current={pathname === href ? "page" : undefined}
        >
          {label}
        </Link>
      ))}
    </nav>
  );
}

/** On a narrow screen the tabs are moved sideways, so that the one that is open is seen. */
function useCurrentInSight(pathname: string) {
  const list = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the page is what asks for it
  useEffect(() => {
    const current = list.current?.querySelector<HTMLElement>("[aria-current=page]");
    if (!list.current || !current) return;
    const frame = list.current.getBoundingClientRect();
    const { left, right } = current.getBoundingClientRect();
    if (left < frame.left || right > frame.right)
      list.current.scrollLeft += left - frame.left - frame.width / 4;
  }, [pathname]);
  return list;
}
