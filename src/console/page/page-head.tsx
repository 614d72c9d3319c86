import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { Freshness } from "./freshness.tsx";
import classes from "./page-head.module.css";

/** A page that stands above another one; without an address it is only named. */
interface Crumb {
  readonly label: string;
  readonly href?: string;
}

/**
 * The head of every page: where it is, its title, how fresh it is, and beside that what can be done.
 * @param props.mark the state of what the page is about
 * @param props.readAtMs when its figures were read (`dataUpdatedAt`); left out where they do not move on
 * @param props.children what stands below: sentences that say how it is
 */
export function PageHead(props: {
  title: string;
  crumbs?: readonly Crumb[];
  mark?: ReactNode;
  readAtMs?: number;
  actions?: ReactNode;
  children?: ReactNode;
}) {
  const { title, crumbs = [], mark, readAtMs = 0, actions, children } = props;
  return (
    <header className={classes.head}>
      {crumbs.length > 0 && (
        <nav className={classes.crumbs} aria-label="Where this is">
          {crumbs.map(({ label, href }, at) => (
            <Fragment key={label}>
              {at > 0 && <span aria-hidden="true">/</span>}
              {href === undefined ? <span>{label}</span> : <Link href={href}>{label}</Link>}
            </Fragment>
          ))}
        </nav>
      )}
      <div className={classes.what}>
        <div className={classes.line}>
          <h1 className={classes.title}>{title}</h1>
          {mark}
          <Freshness readAtMs={readAtMs} />
        </div>
        {children}
      </div>
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </header>
  );
}
