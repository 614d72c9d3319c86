"use client";

import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { mantineTheme } from "../theme/mantine-theme.ts";
import { createConsoleQueryClient } from "./query-client.ts";
import { useOnceIdle } from "./use-once-idle.ts";

const Notifications = dynamic(() => import("@mantine/notifications").then((notes) => notes.Notifications), {
  ssr: false,
});

/** What every page of the console, sign-in included, stands in: theme, data and the state in the address. */
export function ConsoleProviders({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createConsoleQueryClient);
  const idle = useOnceIdle();
  return (
    <MantineProvider theme={mantineTheme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </QueryClientProvider>
      {idle && <Notifications position="bottom-left" autoClose={6000} />}
    </MantineProvider>
  );
}
