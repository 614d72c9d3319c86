import { z } from "zod";

/** Who may read a blob by its URL. */
type Access = "public" | "private";

/** What is known about a stored blob; its bytes lie in a file of their own. */
export interface StoredBlob {
  readonly pathname: string;
  /** The name of the file with the bytes. */
  readonly fileId: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly cacheControl: string;
  readonly access: Access;
  readonly etag: string;
  readonly uploadedAt: Date;
}

/** What a write asks for, after the token has been heard. */
export interface WriteRequest {
  readonly pathname: string;
  readonly contentType: string;
  readonly access: Access;
  readonly addRandomSuffix: boolean;
  readonly allowOverwrite: boolean;
  readonly cacheControlMaxAgeSec: number;
  readonly ifMatch: string | undefined;
  readonly maximumSizeInBytes: number;
  readonly callback: UploadCallback | undefined;
}

/** Whom to tell when a client's upload is complete. */
interface UploadCallback {
  readonly callbackUrl: string;
  readonly tokenPayload?: string | null | undefined;
}

/** What a client token allows; the server that made it has signed it. */
export const clientTokenPayload = z.object({
  pathname: z.string(),
  validUntil: z.number(),
  maximumSizeInBytes: z.number().nullish(),
  allowedContentTypes: z.array(z.string()).nullish(),
  addRandomSuffix: z.boolean().nullish(),
  allowOverwrite: z.boolean().nullish(),
  cacheControlMaxAge: z.number().nullish(),
  ifMatch: z.string().nullish(),
  onUploadCompleted: z.object({ callbackUrl: z.url(), tokenPayload: z.string().nullish() }).nullish(),
});
export type ClientTokenPayload = z.output<typeof clientTokenPayload>;

/** The largest blob of the real service, 5 TB. */
export const maxBlobBytes = 5_000_000_000_000;
