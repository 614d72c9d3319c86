import type { ReactNode } from "react";
import { PageHead } from "../page/page-head.tsx";
import { PageTabs } from "../page/page-tabs.tsx";

const tabs = [
  { href: "/settings", label: "You" },
  { href: "/settings/people", label: "People" },
  { href: "/settings/keys", label: "API keys" },
  { href: "/settings/alerts", label: "Alerts" },
  { href: "/settings/redaction", label: "Redaction" },
] as const;

/** What the pages of settings stand in. */
export function SettingsFrame(props: { children: ReactNode; actions?: ReactNode; readAtMs?: number }) {
  const { children, ...head } = props;
  return (
    <>
      <PageHead title="Settings" {...head} />
      <PageTabs label="Settings" tabs={tabs} />
      {children}
    </>
  );
}
