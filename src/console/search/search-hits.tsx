import Link from "next/link";
import type { SearchHit } from "../../pipeline/files/file-view.ts";
import { HeadingPath } from "../format/heading-path.tsx";
import { pagesText } from "../format/pages-text.ts";
import { rowLink } from "../shell/row-focus.ts";
import { markTerms } from "./marked-text.model.ts";
import classes from "./search-hits.module.css";

/** The chunks that were found, nearest first. */
export function SearchHits(props: { hits: readonly SearchHit[]; q: string; dimmed: boolean }) {
  return (
    <ol className={classes.hits} data-dimmed={props.dimmed} aria-label="Chunks, nearest first">
      {props.hits.map((hit) => (
        <li key={hit.chunkId} className={classes.hit}>
          <div className={classes.head}>
            <Link href={`/files/${hit.fileId}?tab=chunks`} className={classes.file} {...rowLink}>
              {hit.fileName}
            </Link>
            <span className={classes.quiet}>{pagesText(hit.page, hit.lastPage)}</span>
            <span className={classes.score} title="Similarity, 0 to 1">
              {hit.score.toFixed(3)}
            </span>
          </div>
          <HeadingPath path={hit.headingPath} />
          <p className={classes.text}>
            {markTerms(hit.text, props.q).map((piece) =>
              piece.marked ? <mark key={piece.key}>{piece.text}</mark> : piece.text,
            )}
          </p>
        </li>
      ))}
    </ol>
  );
}
