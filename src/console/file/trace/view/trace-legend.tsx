import { waitWords } from "../../../status/wait-words.ts";
import { type Look, looks, lookWords } from "../spans/span-look.ts";
import lookClasses from "./looks.module.css";
import classes from "./trace-legend.module.css";

/** The colours and lines that occur in this trace, with their words. */
export function TraceLegend(props: { present: ReadonlySet<Look>; unexplained: boolean; critical: boolean }) {
  const { present, unexplained } = props;
  const shown = looks.filter((look) => look !== "run" && present.has(look));
  return (
    <ul className={classes.legend} aria-label="Colours">
      {shown.map((look) => (
        <li key={look}>
          <span className={`${lookClasses.look} ${classes.swatch}`} data-look={look} aria-hidden="true" />
          {lookWords[look]}
        </li>
      ))}
      {unexplained && (
        <li>
          <span
            className={`${lookClasses.look} ${classes.swatch}`}
            data-look="unexplained"
            aria-hidden="true"
          />
          {waitWords.unexplained}
        </li>
      )}
      {props.critical && (
        <li>
          <span className={`${classes.swatch} ${classes.critical}`} aria-hidden="true" />
          Critical path
        </li>
      )}
    </ul>
  );
}
