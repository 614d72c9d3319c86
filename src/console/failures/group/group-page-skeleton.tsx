import { Skeleton } from "@mantine/core";

/** The page while it is read for the first time. */
export function GroupPageSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton height={12} width={90} mb={10} />
      <Skeleton height={24} width="60%" mb={12} />
      <Skeleton height={70} mb={20} />
      <Skeleton height={260} />
    </div>
  );
}
