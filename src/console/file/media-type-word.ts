const words: Readonly<Record<string, string>> = {
  "application/pdf": "PDF",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
  "text/html": "HTML",
  "text/markdown": "Markdown",
  "text/plain": "Plain text",
};

/** The everyday word for a media type; one that is not known stands for itself. */
export function mediaTypeWord(mediaType: string): string {
  return words[mediaType.split(";")[0] ?? ""] ?? mediaType;
}
