import { Skeleton } from "@mantine/core";
import classes from "./budget-list.module.css";
import row from "./budget-row.module.css";

const rows = ["62%", "48%", "71%", "55%"];

/** The list while it is read for the first time: rows of the same height. */
export function BudgetListSkeleton() {
  return (
    <div className={classes.list} aria-busy="true" role="status" aria-label="The budgets are being read">
      {rows.map((width) => (
        <div key={width} className={row.row}>
          <div className={row.line}>
            <div>
              <Skeleton height={12} my={4} width={width} />
              <Skeleton height={10} my={8} width="40%" />
            </div>
            <div>
              <Skeleton height={12} my={4} />
              <Skeleton height={10} my={8} width="70%" />
            </div>
            <Skeleton height={12} my={4} width="80%" />
          </div>
        </div>
      ))}
    </div>
  );
}
