import type { ReactNode } from "react";
import { WordMark } from "../shell/word-mark.tsx";
import classes from "./sign-in-frame.module.css";

/** The sheet in the middle of the sign-in pages. */
export function SignInFrame(props: { title: string; text: string; children: ReactNode }) {
  return (
    <main className={classes.page}>
      <div className={classes.sheet}>
        <WordMark />
        <h1 className={classes.title}>{props.title}</h1>
        <p className={classes.text}>{props.text}</p>
        {props.children}
      </div>
    </main>
  );
}
