import type { PageBlockView, PageView } from "../../../pipeline/files/page-view.ts";
import { formatCounted } from "../../format/count.ts";
import { PagePicture } from "./page-picture.tsx";
import classes from "./pages-tab.module.css";

/** One page: its number and tokens, its text block by block, its picture. */
export function PageSheet({ fileId, page }: { fileId: string; page: PageView }) {
  return (
    <li className={classes.page} data-picture={page.hasPicture || undefined}>
      <div className={classes.margin}>
        <h2 className={classes.title}>Page {page.page}</h2>
        <span>{formatCounted(page.tokens, "token")}</span>
      </div>
      <div className={classes.text}>
        {page.blocks.length === 0 && <p className={classes.quiet}>This page has no text.</p>}
        {page.blocks.map((block, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: blocks have no other name, and never change places
          <Block key={at} block={block} />
        ))}
      </div>
      {page.hasPicture && <PagePicture fileId={fileId} page={page.page} />}
    </li>
  );
}

/** A heading of the document is no heading of this console's page: it is told by its look and its level. */
function Block({ block }: { block: PageBlockView }) {
  if (block.kind !== "heading") {
    return (
      <p className={classes.block} data-kind={block.kind}>
        {block.text}
      </p>
    );
  }
  return (
    <p className={classes.heading} data-level={Math.min(block.level ?? 1, 4)}>
      <span className={classes.level} title={`A heading of level ${block.level ?? 1}`}>
        H{block.level ?? 1}
      </span>
      {block.text}
    </p>
  );
}
