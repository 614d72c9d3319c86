import { Skeleton } from "@mantine/core";
import { stepNames } from "../../pipeline/graph.ts";
import { PageHeadSkeleton } from "../page/page-head-skeleton.tsx";
import facts from "./file-facts.module.css";
import route from "./route/route-row.module.css";
import time from "./time/time-bar.module.css";

/** The file page while it is read for the first time, in the measures of what will stand there. */
export function FilePageSkeleton() {
  return (
    <div aria-busy="true" role="status" aria-label="The file is being read">
      <PageHeadSkeleton />
      <div className={route.card}>
        <div className={route.route}>
          {stepNames.map((name) => (
            <div key={name} className={route.stop}>
              <div className={route.button}>
                <Skeleton height={12} my={4} width={72} />
                <Skeleton height={12} my={4} width={48} />
              </div>
            </div>
          ))}
        </div>
      </div>
      <div className={time.time}>
        <Skeleton height={12} my={4} width={144} />
        <div className={time.bar} />
        <div className={time.legend} />
      </div>
      <div className={facts.facts}>
        <div className={facts.fields}>
          {["Type", "Size", "Pages", "Chunks", "Attempts", "Cost", "Added", "Changed"].map((label) => (
            <Skeleton key={label} height={12} my={4} width={64} />
          ))}
        </div>
      </div>
      <Skeleton height={240} />
    </div>
  );
}
