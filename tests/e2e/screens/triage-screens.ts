import type { Screen } from "./screens.ts";

const widths = [360, 768, 1280, 1440, 1920];

const queueTabs = ["in-flight", "delayed", "flow-control", "queues", "dead-letters", "log", "schedules"];

/** What the pages of failures, plans and requeues show; undefined where there is none. */
export interface TriageIds {
  /** The failure group with the most files. */
  readonly failure: string | undefined;
  /** A plan of all files that stand failed, or of the newest requeue. */
  readonly plan: string | undefined;
  /** The newest requeue. */
  readonly requeue: string | undefined;
}

/** The pages of what went wrong and of what is done about it. */
export function triageScreens({ failure, plan, requeue }: TriageIds): Screen[] {
  return [
    ...inAllWidths("overview", "/"),
    { name: "overview-loading", path: "/", width: 1280, answers: "never" },
    { name: "overview-failing", path: "/", width: 1280, answers: "fail" },
    ...listScreens("failures", "/failures", "/failures?q=zzzz"),
    ...listScreens("stuck", "/stuck", "/stuck?reason=backoff"),
    ...listScreens("requeues", "/requeues", "/requeues?state=stopped"),
    ...listScreens("reconciliation", "/reconciliation"),
    ...listScreens("providers", "/providers"),
    ...listScreens("providers-month", "/providers?provider=vector&range=30d"),
    ...queueTabs.flatMap((tab) => listScreens(`queue-${tab}`, `/queue?tab=${tab}`)),
    ...oneScreens("failure", failure && `/failures/${failure}`),
    ...oneScreens("plan", plan && `/plans/${plan}`),
    ...oneScreens("requeue", requeue && `/requeues/${requeue}`),
  ];
}

/** A list in its states. @param narrowed an address whose filter finds nothing */
export function listScreens(name: string, path: string, narrowed?: string): Screen[] {
  const list = { path, width: 1280 } as const;
  return [
    ...inAllWidths(name, path),
    { ...list, name: `${name}-loading`, answers: "never" },
    { ...list, name: `${name}-failing`, answers: "fail" },
    { ...list, name: `${name}-empty`, answers: "empty" },
    { ...list, name: `${name}-empty-360-dark`, answers: "empty", width: 360, dark: true },
    ...(narrowed === undefined
      ? []
      : [{ ...list, name: `${name}-nothing-matches`, path: narrowed, answers: "empty" as const }]),
    { ...list, name: `${name}-paused`, act: (page) => page.keyboard.press("l") },
  ];
}

/** The page of one thing in its states, and that of an id that names none. */
function oneScreens(name: string, path: string | undefined): Screen[] {
  if (path === undefined) return [];
  return [
    ...inAllWidths(name, path),
    { name: `${name}-loading`, path, width: 1280, answers: "never" },
    { name: `${name}-failing`, path, width: 1280, answers: "fail" },
    { name: `${name}-none`, path: `${path}x`, width: 1280 },
  ];
}

/** A page at every width, light and dark. */
export function inAllWidths(name: string, path: string): Screen[] {
  return widths.flatMap((width) => [
    { name: `${name}-${width}-light`, path, width, whole: true },
    { name: `${name}-${width}-dark`, path, width, whole: true, dark: true },
  ]);
}
