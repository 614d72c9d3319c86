"use client";

import { PageFault } from "../../console/states/page-fault.tsx";

/** Stands in place of a page that met a fault; the frame stays. */
export default function ConsoleError({ reset }: { error: Error; reset: () => void }) {
  return <PageFault onRetry={reset} />;
}
