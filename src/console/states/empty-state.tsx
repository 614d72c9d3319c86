import type { ReactNode } from "react";
import classes from "./states.module.css";

/** What stands in place of a list that really has nothing in it, with what can be done. */
export function EmptyState(props: { title: string; text: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.state}>
      <h2 className={classes.title}>{props.title}</h2>
      <p className={classes.text}>{props.text}</p>
      {props.children}
    </div>
  );
}
