import { Fragment, type ReactNode } from "react";
import classes from "./error-page.module.css";
import type { ErrorPageTree } from "./read-error-page.ts";

type Block = ErrorPageTree["children"][number];
type Inline = Extract<Block, { type: "paragraph" }>["children"][number];

/** What an error code means and what can be done about it. */
export function ErrorPage({ tree }: { tree: ErrorPageTree }) {
  return <article className={classes.page}>{blocks(tree.children)}</article>;
}

function blocks(nodes: readonly Block[]): ReactNode {
  return nodes.map((node) => <Fragment key={node.position?.start.offset}>{block(node)}</Fragment>);
}

/** The pages are plain: headings, paragraphs, lists and code. */
function block(node: Block): ReactNode {
  switch (node.type) {
    case "heading":
      return node.depth === 1 ? <h1>{inline(node.children)}</h1> : <h2>{inline(node.children)}</h2>;
    case "paragraph":
      return <p>{inline(node.children)}</p>;
    case "list":
      return (
        <ul>
          {node.children.map((item) => (
            <li key={item.position?.start.offset}>{blocks(item.children)}</li>
          ))}
        </ul>
      );
    case "code":
      return (
        <pre>
          <code>{node.value}</code>
        </pre>
      );
    default:
      return null;
  }
}

function inline(nodes: readonly Inline[]): ReactNode {
  return nodes.map((node) => <Fragment key={node.position?.start.offset}>{phrase(node)}</Fragment>);
}

function phrase(node: Inline): ReactNode {
  switch (node.type) {
    case "text":
      return node.value;
    case "inlineCode":
      return <code>{node.value}</code>;
    case "strong":
      return <strong>{inline(node.children)}</strong>;
    case "emphasis":
      return <em>{inline(node.children)}</em>;
    case "link":
      return <a href={node.url}>{inline(node.children)}</a>;
    default:
      return null;
  }
}
