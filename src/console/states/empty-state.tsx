import type { ReactNode } from "react";
import classes from "./states.module.css";

/**
 * What stands in place of a list that really has nothing in it, with what can be done.
 * @param props.whole it is all that the page says: its title is the page's
 */
export function EmptyState(props: { title: string; text: ReactNode; whole?: boolean; children?: ReactNode }) {
  const Title = props.whole === true ? "h1" : "h2";
  return (
    <div className={classes.state}>
      <Title className={classes.title}>{props.title}</Title>
      <p className={classes.text}>{props.text}</p>
      {props.children}
    </div>
  );
}
