import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api-error.ts";

/**
 * The cache of what the API answered. What may pass is tried three times; a refusal is shown at once; a session
 * that has ended leads to the sign-in page and back.
 */
export function createConsoleQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: signInWhenSignedOut }),
    defaultOptions: {
      queries: {
        staleTime: 1_000,
        retry: (failures, error) => failures < 2 && error instanceof ApiError && error.passing,
        refetchOnWindowFocus: true,
        refetchIntervalInBackground: false,
      },
    },
  });
}

function signInWhenSignedOut(error: Error): void {
  if (!(error instanceof ApiError) || error.status !== 401) return;
  const here = `${window.location.pathname}${window.location.search}`;
  window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
}
