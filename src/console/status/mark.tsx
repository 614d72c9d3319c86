import type { Icon } from "@tabler/icons-react";
import type { ReactNode } from "react";
import classes from "./mark.module.css";

/**
 * What a state asks of a person: to act (bad), to wait for something known (wait); or that it is under way (live), has
 * gone well (good), is over or yet to come (calm), or none of these (plain).
 */
export type MarkTone = "bad" | "wait" | "live" | "good" | "calm" | "plain";

/** The sign of a state; "ring" is what is under way. */
export type MarkSign = Icon | "ring";

/** How the states of one kind of thing are signed: a shape of its own for each, so that nobody needs the colour. */
export type MarkSigns<State extends string> = Readonly<
  Record<State, { readonly sign: MarkSign; readonly tone: MarkTone }>
>;

/** A state as sign and word: how all pages say it. */
export function Mark(props: { sign: MarkSign; tone: MarkTone; children: ReactNode }) {
  const { sign: Sign, tone, children } = props;
  return (
    <span className={classes.mark} data-tone={tone}>
      {Sign === "ring" ? <Ring size={14} /> : <Sign size={14} stroke={1.75} aria-hidden="true" />}
      {children}
    </span>
  );
}

/** What is under way. @param props.size in px */
export function Ring({ size }: { size: number }) {
  return <span className={classes.ring} style={{ width: size, height: size }} aria-hidden="true" />;
}
