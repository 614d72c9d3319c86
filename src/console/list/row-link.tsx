import Link from "next/link";
import type { ReactNode } from "react";
import { rowLink } from "../shell/row-focus.ts";
import classes from "./list-table.module.css";

/**
 * The link of a row, which the whole row is; j and k lead to it.
 * @param props.current true where what it opens is shown beside the list
 */
export function RowLink(props: { href: string; text: string; current?: boolean }) {
  const { href, text, current = false } = props;
  return (
    <Link
      href={href}
      className={classes.link}
      title={text}
      aria-current={current ? "true" : undefined}
      {...rowLink}
    >
      {text}
    </Link>
  );
}

/** The link of a row that is a file; of one that is no longer there, its id. */
export function FileRowLink({ fileId, name }: { fileId: string; name: string | null }) {
  if (name === null) return <RowText text={fileId} />;
  return <RowLink href={`/files/${encodeURIComponent(fileId)}`} text={name} />;
}

/** What a row is that opens nothing, by its id, which keeps one line; j and k lead to it all the same. */
export function RowText({ text }: { text: string }) {
  return (
    <span className={classes.gone} data-hint={text} tabIndex={-1} {...rowLink}>
      {text}
    </span>
  );
}

/** A line in small below the link of a row. */
export function RowNote({ children }: { children: ReactNode }) {
  return <p className={classes.below}>{children}</p>;
}
