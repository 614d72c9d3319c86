"use client";

import { PageFault } from "../console/states/page-fault.tsx";

/** Stands in place of a page outside of the console that met a fault. */
export default function RootError({ reset }: { error: Error; reset: () => void }) {
  return <PageFault onRetry={reset} />;
}
