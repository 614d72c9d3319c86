import classes from "./heading-path.module.css";

/** The headings above a piece of text, outermost first. */
export function HeadingPath({ path }: { path: readonly string[] }) {
  if (path.length === 0) return null;
  return <p className={classes.path}>{path.join(" › ")}</p>;
}
