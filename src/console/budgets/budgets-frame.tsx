"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { PageHead } from "../page/page-head.tsx";
import classes from "./budgets-frame.module.css";
import { budgetsTabs } from "./budgets-tabs.ts";

/** What all pages about money stand in: their title, the tabs that lead from one to another, what can be done. */
export function BudgetsFrame(props: { children: ReactNode; actions?: ReactNode; readAtMs?: number }) {
  const { children, ...head } = props;
  const pathname = usePathname();
  const list = useCurrentInSight(pathname);
  return (
    <>
      <PageHead title="Budgets" {...head} />
      <nav ref={list} className={classes.tabs} aria-label="About money">
        {budgetsTabs.map(({ href, label }) => (
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
      {children}
    </>
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
