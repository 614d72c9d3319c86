import classes from "./list-table.module.css";

/** A figure of a list that says what it is where the head of its column is not shown: "12 held". */
export function NamedFigure({ figure, name }: { figure: string; name: string }) {
  return (
    <span>
      {figure}
      <span className={classes.name}> {name}</span>
    </span>
  );
}
