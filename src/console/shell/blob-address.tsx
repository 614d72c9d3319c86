/**
 * Tells the Blob SDK in the browser which store to send to, when that is not Vercel's. The SDK reads the address
 * from `process.env`, which a build would freeze; here the running server's own setting decides.
 */
export function BlobAddress({ url }: { url: string | undefined }) {
  if (url === undefined) return null;
  const env = JSON.stringify({ NEXT_PUBLIC_VERCEL_BLOB_API_URL: url }).replaceAll("<", "\\u003c");
  // biome-ignore lint/security/noDangerouslySetInnerHtml: a setting of the server, as escaped JSON
  return <script dangerouslySetInnerHTML={{ __html: `globalThis.process={env:${env}}` }} />;
}
