import type { AuditEntryView } from "../../triage/audit/audit-view.ts";

/** Where something that an entry names is shown. */
export interface SubjectLink {
  readonly href: string;
  readonly text: string;
}

const encode = encodeURIComponent;

/** What ids lead to, by their prefix; what has no page of its own leads nowhere. */
const pages: Readonly<Record<string, { readonly text: string; readonly href: (id: string) => string }>> = {
  group: { text: "group", href: (id) => `/failures/${encode(id)}` },
  requeue: { text: "requeue", href: (id) => `/requeues/${encode(id)}` },
  rplan: { text: "plan", href: (id) => `/plans/${encode(id)}` },
  budget: { text: "budget", href: (id) => `/budgets?budget=${encode(id)}` },
  recon: { text: "reconciliation", href: (id) => `/reconciliation?run=${encode(id)}` },
};

/** Where all that an entry names is shown, each once: its file first. Pure. */
export function subjectLinks(entry: AuditEntryView): SubjectLink[] {
  const links: SubjectLink[] = [];
  if (entry.fileId !== null)
    links.push({ href: `/files/${encode(entry.fileId)}`, text: entry.fileName ?? entry.fileId });
  const values = [entry.request, entry.after, entry.before].flatMap((facts) => Object.values(facts));
  for (const value of values) {
    const [prefix = "", rest] = typeof value === "string" ? value.split("_", 2) : [];
    const page = pages[prefix];
    if (page !== undefined && rest !== undefined && /^\w+$/.test(rest))
      links.push({ href: page.href(String(value)), text: nameOf(entry, page.text, String(value)) });
  }
  const { provider } = entry.request;
  if (entry.action.startsWith("provider.") && typeof provider === "string")
    links.push({ href: "/providers", text: provider });
  if (entry.action === "price.add") links.push({ href: priceHref(entry), text: "price" });
  const seen = new Set<string>();
  return links.filter(({ href }) => !seen.has(href) && seen.add(href));
}

/** A budget by its name; what has none by the end of its id, as ids made together begin alike. */
function nameOf({ before, after }: AuditEntryView, what: string, id: string): string {
  const name = after.name ?? before.name;
  if (what === "budget" && typeof name === "string" && (after.budgetId ?? before.budgetId) === id)
    return name;
  return `${what} …${id.slice(-6)}`;
}

function priceHref({ request }: AuditEntryView): string {
  const open = [request.meter, request.provider, request.model].join("~");
  return `/budgets/prices?${new URLSearchParams({ open })}`;
}
