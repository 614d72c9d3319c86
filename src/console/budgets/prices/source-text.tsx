import { sourceParts } from "./price-book.model.ts";

/** Where a price was read, its addresses as links. */
export function SourceText({ source }: { source: string }) {
  return sourceParts(source).map(({ text, href }) =>
    href === null ? (
      text
    ) : (
      <a key={href} href={href} target="_blank" rel="noreferrer">
        {text.replace(/^https?:\/\//, "")}
      </a>
    ),
  );
}
