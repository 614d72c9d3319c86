import { adminsOnlyMark, redactedMark } from "../../triage/redaction/redact-fields.ts";
import classes from "./payload-text.module.css";

const hidden: Readonly<Record<string, { readonly word: string; readonly why: string }>> = {
  [redactedMark]: {
    word: "redacted",
    why: "Hidden from everybody by its field's name; see Settings, Redaction",
  },
  [adminsOnlyMark]: { word: "for admins", why: "Shown to admins only" },
};

/** A value of a payload; one that is not shown is said in a word, so that nobody takes the mark for what stood there. */
export function PayloadText({ text }: { text: string }) {
  const mark = hidden[text];
  if (mark === undefined) return text;
  return (
    <span className={classes.hidden} title={mark.why}>
      {mark.word}
    </span>
  );
}
