"use client";

import { Button } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { ApiError } from "../api-error.ts";
import { EmptyState } from "./empty-state.tsx";
import { FailureState } from "./failure-state.tsx";
import { StaleNotice } from "./stale-notice.tsx";

/** What a page says of an id that names nothing, and where it leads then. */
interface Missing {
  readonly title: string;
  readonly text: string;
  readonly href: string;
  readonly link: string;
}

/**
 * What was read, in all its states: not yet, not to be read, not there, old because the last refresh failed, and there.
 * @param props.failed what is said when it could not be read
 * @param props.missing what is said when there is none
 */
export function Loaded<Data>(props: {
  read: UseQueryResult<Data, Error>;
  loading: ReactNode;
  failed: string;
  missing?: Missing;
  children: (data: Data) => ReactNode;
}) {
  const { read, missing } = props;
  const retry = () => void read.refetch();
  if (read.data === undefined) {
    if (read.error === null) return props.loading;
    if (missing !== undefined && read.error instanceof ApiError && read.error.status === 404)
      return (
        <EmptyState title={missing.title} text={missing.text}>
          <Button component={Link} href={missing.href} variant="default">
            {missing.link}
          </Button>
        </EmptyState>
      );
    return <FailureState title={props.failed} error={read.error} onRetry={retry} />;
  }
  return (
    <>
      {read.error !== null && (
        <StaleNotice error={read.error} readAtMs={read.dataUpdatedAt} onRetry={retry} />
      )}
      {props.children(read.data)}
    </>
  );
}
