/** What the product under the pictures has, by kind; a page of something that there is none of is left out. */
export interface Ids {
  readonly failure?: string | undefined;
  readonly plan?: string | undefined;
  readonly requeue?: string | undefined;
  readonly succeeded?: string | undefined;
  readonly failed?: string | undefined;
  readonly running?: string | undefined;
  readonly held?: string | undefined;
}

/** A page of the console, of which pictures are taken in every state, width and scheme. */
export interface ScreenPage {
  readonly name: string;
  /** Its address; undefined where the product has no such thing. */
  readonly path: string | undefined;
  /** What is to be seen when it is full: a selector, or "text=". */
  readonly full: string;
  /** For pages of one thing: it has none of its own without it, so it is never empty. */
  readonly ofOne?: boolean;
  /** Seen by people who are not signed in. */
  readonly signedOut?: boolean;
}

const row = "main [data-row-link]";
const queueTabs = ["in-flight", "delayed", "flow-control", "queues", "dead-letters", "log", "schedules"];
const fileTabs = ["attempts", "costs", "pages", "chunks", "messages", "history"];

/** All pages: each in its states, its widths, light and dark. */
export function pagesOf(ids: Ids): ScreenPage[] {
  const one = (name: string, id: string | undefined, path: string, full: string, rest = ""): ScreenPage => ({
    name,
    path: id === undefined ? undefined : `${path}/${id}${rest}`,
    full,
    ofOne: true,
  });
  return [
    { name: "overview", path: "/", full: "main [role=status][data-tone]" },
    { name: "failures", path: "/failures", full: row },
    one("failure", ids.failure, "/failures", row),
    { name: "stuck", path: "/stuck", full: row },
    ...queueTabs.map((tab) => ({ name: `queue-${tab}`, path: `/queue?tab=${tab}`, full: "main table td" })),
    { name: "files", path: "/files", full: row },
    one("file", ids.succeeded, "/files", "main [role=treeitem]"),
    ...fileTabs.map((tab) => one(`file-${tab}`, ids.succeeded, "/files", "[role=tabpanel] *", `?tab=${tab}`)),
    one("file-failed", ids.failed, "/files", "main [role=treeitem]"),
    one("file-running", ids.running, "/files", "main h1"),
    one("file-held", ids.held, "/files", "main h1"),
    one("plan", ids.plan, "/plans", "main table td"),
    { name: "requeues", path: "/requeues", full: row },
    one("requeue", ids.requeue, "/requeues", "main table td"),
    { name: "reconciliation", path: "/reconciliation", full: "main table td" },
    { name: "search", path: "/search?q=requeue+a+failed+file", full: "main article, main ol li" },
    { name: "search-start", path: "/search", full: "main input" },
    { name: "budgets", path: "/budgets", full: "main [aria-label=Budgets] li" },
    { name: "costs", path: "/budgets/costs", full: "main svg.recharts-surface" },
    { name: "ledger", path: "/budgets/ledger", full: row },
    { name: "prices", path: "/budgets/prices", full: row },
    { name: "truth", path: "/budgets/truth", full: "main li" },
    { name: "providers", path: "/providers", full: row },
    { name: "provider", path: "/providers?provider=vector&range=24h", full: "main svg.recharts-surface" },
    { name: "pipeline", path: "/pipeline", full: row },
    { name: "pipeline-step", path: "/pipeline?step=embed", full: row },
    { name: "dashboards", path: "/dashboards", full: "main figure" },
    { name: "audit", path: "/audit", full: row },
    { name: "settings", path: "/settings", full: "main td, main li" },
    { name: "people", path: "/settings/people", full: "main td, main li" },
    { name: "keys", path: "/settings/keys", full: "main td, main li" },
    { name: "alerts", path: "/settings/alerts", full: "main td, main li" },
    { name: "redaction", path: "/settings/redaction", full: "main td, main li" },
    { name: "error", path: "/errors/provider_failed", full: "main h1" },
    { name: "sign-in", path: "/sign-in", full: "main h1", signedOut: true },
    { name: "join", path: "/join/link_gone", full: "main h1", signedOut: true },
    { name: "nowhere", path: "/nowhere", full: "main h2" },
  ];
}
