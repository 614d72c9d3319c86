import {
  type Icon,
  IconAlertTriangle,
  IconChartHistogram,
  IconFileText,
  IconHistory,
  IconHourglassLow,
  IconLayoutDashboard,
  IconPlugConnected,
  IconRotateClockwise,
  IconScale,
  IconSearch,
  IconSettings,
  IconSitemap,
  IconStack2,
  IconWallet,
} from "@tabler/icons-react";

/** Under what the places stand: what is so at the moment, the work itself, its cost, and the house around it. */
export const placeGroups = ["Now", "Work", "Money", "House"] as const;

/** A place of the console: an entry of the sidebar, a go key and a command of the palette. */
export interface Place {
  readonly group: (typeof placeGroups)[number];
  readonly label: string;
  /** Where it begins; what is below it belongs to it. */
  readonly path: string;
  /** Other beginnings of addresses that belong to it too. */
  readonly also: readonly string[];
  /** The key that leads to it after `g`. */
  readonly goKey: string;
  /** Other words under which the palette finds it. */
  readonly keywords: string;
  readonly icon: Icon;
}

/** Where one can go, in the order of the sidebar: the one list of it. */
export const places: readonly Place[] = [
  {
    group: "Now",
    label: "Overview",
    path: "/",
    also: [],
    goKey: "o",
    keywords: "home start first page state health summary",
    icon: IconLayoutDashboard,
  },
  {
    group: "Now",
    label: "Failures",
    path: "/failures",
    also: ["/errors"],
    goKey: "e",
    keywords: "errors causes groups triage",
    icon: IconAlertTriangle,
  },
  {
    group: "Now",
    label: "Stuck",
    path: "/stuck",
    also: [],
    goKey: "w",
    keywords: "steps waiting backoff held slow lost hanging siblings triage",
    icon: IconHourglassLow,
  },
  {
    group: "Now",
    label: "Queue",
    path: "/queue",
    also: [],
    goKey: "q",
    keywords: "in flight delayed flow control pins pauses dlq dead letters logs schedules",
    icon: IconStack2,
  },
  {
    group: "Work",
    label: "Files",
    path: "/files",
    also: [],
    goKey: "f",
    keywords: "list documents",
    icon: IconFileText,
  },
  {
    group: "Work",
    label: "Search",
    path: "/search",
    also: [],
    goKey: "s",
    keywords: "search in documents text chunks",
    icon: IconSearch,
  },
  {
    group: "Work",
    label: "Requeues",
    path: "/requeues",
    also: ["/plans"],
    goKey: "r",
    keywords: "plans retry again receipts progress undo",
    icon: IconRotateClockwise,
  },
  {
    group: "Work",
    label: "Reconciliation",
    path: "/reconciliation",
    also: [],
    goKey: "c",
    keywords: "check disagree dead letters dlq orphans vectors lost expire",
    icon: IconScale,
  },
  {
    group: "Money",
    label: "Budgets",
    path: "/budgets",
    also: [],
    goKey: "b",
    keywords: "money costs limits holds spending ledger prices",
    icon: IconWallet,
  },
  {
    group: "Money",
    label: "Dashboards",
    path: "/dashboards",
    also: [],
    goKey: "d",
    keywords: "charts metrics panels failures queue providers costs",
    icon: IconChartHistogram,
  },
  {
    group: "House",
    label: "Providers",
    path: "/providers",
    also: [],
    goKey: "p",
    keywords: "gateway vector blob breaker health latency errors quota",
    icon: IconPlugConnected,
  },
  {
    group: "House",
    label: "Pipeline",
    path: "/pipeline",
    also: [],
    goKey: "i",
    keywords: "graph versions steps differences",
    icon: IconSitemap,
  },
  {
    group: "House",
    label: "Audit",
    path: "/audit",
    also: [],
    goKey: "a",
    keywords: "who did what why log history changes people",
    icon: IconHistory,
  },
  {
    group: "House",
    label: "Settings",
    path: "/settings",
    also: [],
    goKey: ",",
    keywords:
      "people invite roles users api keys password sessions account redaction hidden fields alerts rules webhooks",
    icon: IconSettings,
  },
];

/** Where `g` and a letter lead to, if anywhere. */
export function placeOfKey(key: string): string | null {
  return places.find(({ goKey }) => goKey === key)?.path ?? null;
}

/** Whether an address belongs to a place. */
export function isWithin(pathname: string, { path, also }: Pick<Place, "path" | "also">): boolean {
  return [path, ...also].some((top) => pathname === top || (top !== "/" && pathname.startsWith(`${top}/`)));
}
