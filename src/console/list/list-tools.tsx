import type { Query } from "../api-client.ts";
import { ViewsMenu } from "../views/views-menu.tsx";
import { ExportMenu } from "./export-menu.tsx";
import classes from "./toolbar.module.css";

/**
 * What can be done with a list as it is filtered, at the end of its toolbar.
 * @param props.path of the list in the API
 * @param props.query what the page asks it with
 * @param props.csvHref where its CSV is, when that has more than the list's first rows
 */
export function ListTools(props: { path: string; query: Query; csvHref?: string }) {
  return (
    <div className={classes.tools}>
      <ViewsMenu />
      <ExportMenu {...props} />
    </div>
  );
}
