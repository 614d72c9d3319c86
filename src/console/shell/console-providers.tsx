"use client";

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { mantineTheme } from "../theme/mantine-theme.ts";
import { createConsoleQueryClient } from "./query-client.ts";

/** What every page of the console, sign-in included, stands in: theme, data and the state in the address. */
export function ConsoleProviders({ children }: { children: ReactNode }) {
  const [queryClient] = useState(createConsoleQueryClient);
  return (
    <MantineProvider theme={mantineTheme} defaultColorScheme="auto">
      <QueryClientProvider client={queryClient}>
        <NuqsAdapter>{children}</NuqsAdapter>
      </QueryClientProvider>
      <Notifications position="bottom-left" autoClose={6000} />
    </MantineProvider>
  );
}
