import "@mantine/core/styles.layer.css";
import "@mantine/dropzone/styles.layer.css";
import "@mantine/notifications/styles.layer.css";
import "@mantine/spotlight/styles.layer.css";
import "../console/theme/tokens.css";
import "../console/theme/global.css";
import { ColorSchemeScript, mantineHtmlProps } from "@mantine/core";
import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { BlobAddress } from "../console/shell/blob-address.tsx";
import { ConsoleProviders } from "../console/shell/console-providers.tsx";
import { SidebarScript } from "../console/shell/sidebar-script.tsx";
import { getRuntime } from "../runtime.ts";

/** The environment is read for each request, never while building. */
export const dynamic = "force-dynamic";

export const metadata: Metadata = {
  title: { default: "Waybill", template: "%s · Waybill" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = { colorScheme: "light dark" };

/** The document around all pages. */
export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" {...mantineHtmlProps}>
      <head>
        <ColorSchemeScript defaultColorScheme="auto" />
        <SidebarScript />
        <BlobAddress url={getRuntime().env.VERCEL_BLOB_API_URL} />
      </head>
      <body>
        <ConsoleProviders>{children}</ConsoleProviders>
      </body>
    </html>
  );
}
