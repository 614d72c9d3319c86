import type { NextConfig } from "next";

/**
 * Where the browser may send to: this server, Vercel Blob (uploads go straight there), and a Blob server on this
 * machine, whose port is known only when it runs.
 */
const connectTo =
  "'self' https://vercel.com https://*.vercel-storage.com http://127.0.0.1:* http://localhost:*";

/** Next and Mantine write small scripts and styles into the page, hence 'unsafe-inline'; nothing comes from elsewhere. */
const contentSecurityPolicy = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  `connect-src ${connectTo}`,
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` compiles everything at its strictest; a build need not do it again.
  typescript: { ignoreBuildErrors: true },
  // Left for Node to load: they bring native or WebAssembly parts, worker files, or tables of megabytes.
  serverExternalPackages: [
    "@embedpdf/pdfium",
    "@neondatabase/serverless",
    "gpt-tokenizer",
    "mammoth",
    "pino",
    "tinypool",
    "ws",
  ],
  // The threads that read documents are files that Node runs itself, so a bundle must carry their sources along; and
  // the console shows what the documents say of an error.
  outputFileTracingIncludes: {
    "/api/v1/**": ["./src/pipeline/documents/**/*.ts", "./src/kernel/*.ts"],
    "/api/jobs/*": ["./src/pipeline/documents/**/*.ts", "./src/kernel/*.ts"],
    "/errors/*": ["./docs/errors/*.md"],
  },
  headers: async () => [
    {
      source: "/:path*",
      headers: [{ key: "X-Content-Type-Options", value: "nosniff" }],
    },
    {
      // What bears on documents alone is not sent with each of the twenty scripts and styles of one.
      source: "/((?!_next/static/).*)",
      headers: [
        { key: "Content-Security-Policy", value: contentSecurityPolicy },
        { key: "Referrer-Policy", value: "same-origin" },
        { key: "X-Frame-Options", value: "DENY" },
        { key: "Permissions-Policy", value: "camera=(), microphone=(), geolocation=()" },
      ],
    },
  ],
};

export default config;
