import Link from "next/link";
import type { ReactNode } from "react";
import classes from "./figure-link.module.css";

/**
 * A figure that opens what it counts. Not fetched ahead, as a page is full of them.
 * @param props.href null where it opens nothing
 */
export function FigureLink({ href, children }: { href: string | null; children: ReactNode }) {
  if (href === null) return children;
  return (
    <Link href={href} prefetch={false} className={classes.link}>
      {children}
    </Link>
  );
}
