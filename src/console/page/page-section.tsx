import { type ReactNode, useId } from "react";
import classes from "./page-section.module.css";

/**
 * A titled part of a page.
 * @param props.beside what stands in the line of its title
 */
export function PageSection(props: { title: string; beside?: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <section className={classes.section} aria-labelledby={id}>
      <div className={classes.head}>
        <h2 id={id} className={classes.title}>
          {props.title}
        </h2>
        {props.beside}
      </div>
      {props.children}
    </section>
  );
}

/** Parts of a page side by side, as many as have room. */
export function PageColumns({ children }: { children: ReactNode }) {
  return <div className={classes.columns}>{children}</div>;
}
