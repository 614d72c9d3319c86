"use client";

import type { ReactNode } from "react";
import type { Deed } from "../../access/permissions.ts";
import { useMe } from "../me/me.tsx";
import { EmptyState } from "../states/empty-state.tsx";

/** A part of the settings that is read by admins; whoever else comes is told so, and the server is not asked. */
export function AdminsOnly({ read, title, children }: { read: Deed; title: string; children: ReactNode }) {
  const refusal = useMe().refusal(read);
  if (refusal === null) return children;
  return <EmptyState title={title} text={refusal} />;
}
