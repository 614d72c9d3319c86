import Link from "next/link";
import classes from "./error-text.module.css";

/** Why an attempt failed: the sentence, and the code that leads to the page that explains it. */
export function ErrorText({ code, message }: { code: string; message: string | null }) {
  return (
    <p className={classes.error}>
      {message}{" "}
      <Link
        className={classes.code}
        href={`/errors/${encodeURIComponent(code)}`}
        title="What it means and what to do"
      >
        {code}
      </Link>
    </p>
  );
}
