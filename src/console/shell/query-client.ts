import { QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api-error.ts";

/**
 * The cache of what the API answered. What may pass is tried three times; a refusal is shown at once; a session
 * that has ended leads to the sign-in page and back.
 */
export function createConsoleQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: signInOnce() }),
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

/**
 * A page reads several things at once and all of them are refused, also while the browser is already on its way:
 * only the first may lead it, since each further navigation breaks off the one before.
 */
function signInOnce(): (error: Error) => void {
  let leaving = false;
  return (error) => {
    if (leaving || !(error instanceof ApiError) || error.status !== 401) return;
    leaving = true;
    // A browser that goes back may show this very page again, as it was left.
    window.addEventListener("pagehide", () => (leaving = false), { once: true });
    const here = `${window.location.pathname}${window.location.search}`;
    window.location.assign(`/sign-in?next=${encodeURIComponent(here)}`);
  };
}
