/** The kinds of document that can be read. */
export const mediaTypes = [
  "application/pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  "text/html",
  "text/markdown",
  "text/plain",
] as const;

/** The media type of a document that can be read. */
export type MediaType = (typeof mediaTypes)[number];

/** The media type of a Word document. */
export const docxMediaType = mediaTypes[1];

const textExtensions: Readonly<Record<string, MediaType>> = {
  html: "text/html",
  htm: "text/html",
  xhtml: "text/html",
  md: "text/markdown",
  markdown: "text/markdown",
  mdx: "text/markdown",
  txt: "text/plain",
  text: "text/plain",
  log: "text/plain",
};

const binaryExtensions = new Set(
  (
    "pdf doc docx docm dotx xls xlsx ppt pptx odt ods odp epub rtf zip gz 7z rar tar png jpg jpeg gif webp tif " +
    "tiff bmp heic mp3 mp4 mov avi wav exe dll so dmg iso"
  ).split(" "),
);

/** The part of a file name after its last full stop, in lower case; empty when there is none. */
export function fileExtension(name: string): string {
  const dot = name.lastIndexOf(".");
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : "";
}

/** The text format that a file name claims, if it claims one. */
export function claimedTextType(name: string): MediaType | undefined {
  return textExtensions[fileExtension(name)];
}

/** True when the name claims a format that is never plain text. */
export function claimsBinaryFormat(name: string): boolean {
  return binaryExtensions.has(fileExtension(name));
}
