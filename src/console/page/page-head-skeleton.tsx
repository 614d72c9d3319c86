import { Skeleton } from "@mantine/core";
import classes from "./page-head.module.css";

/** The head of a page about one thing while that is read for the first time. */
export function PageHeadSkeleton() {
  return (
    <div className={classes.head}>
      <Skeleton height={12} width={120} mb={10} />
      <Skeleton height={22} width="min(24rem, 70%)" mb={10} />
      <Skeleton height={15} width="min(32rem, 90%)" mb={4} />
    </div>
  );
}
