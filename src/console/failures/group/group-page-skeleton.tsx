import { Skeleton } from "@mantine/core";
import { PageHeadSkeleton } from "../../page/page-head-skeleton.tsx";

/** The page while it is read for the first time. */
export function GroupPageSkeleton() {
  return (
    <div aria-busy="true">
      <PageHeadSkeleton />
      <Skeleton height={70} mb={20} />
      <Skeleton height={260} />
    </div>
  );
}
