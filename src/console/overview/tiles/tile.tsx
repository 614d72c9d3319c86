import { Skeleton } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import Link from "next/link";
import { type ReactNode, useId } from "react";
import { rowLink } from "../../shell/row-focus.ts";
import classes from "./tile.module.css";

/** The place of a tile: two columns, one column beside two small ones, half the height of that, or the whole width. */
export type TileSize = "wide" | "tall" | "small" | "full";

/** A part of the overview: what it is about, which leads on, its figure, and what there is to it. */
export function Tile<Part>(props: {
  title: string;
  href: string;
  size: TileSize;
  /** What was read; null where it could not be. */
  part: Part | null;
  /** Its one figure. */
  figure: (part: Part) => ReactNode;
  children: (part: Part) => ReactNode;
}) {
  const { part } = props;
  const id = useId();
  return (
    <section className={classes.tile} data-size={props.size} aria-labelledby={id}>
      <h2 className={classes.title} id={id}>
        <Link href={props.href} className={classes.link} {...rowLink}>
          {props.title}
        </Link>
      </h2>
      {part === null ? (
        <NotRead />
      ) : (
        <>
          <p className={classes.figure}>{props.figure(part)}</p>
          {props.children(part)}
        </>
      )}
    </section>
  );
}

/** A tile while it is read for the first time. */
export function TileSkeleton({ size }: { size: TileSize }) {
  return (
    <div className={classes.tile} data-size={size}>
      <Skeleton height={12} width={72} my={4} />
      <Skeleton height={24} width="45%" my={4} />
      <div className={classes.waiting}>
        {(size === "small" ? ["80%"] : ["80%", "65%", "70%"]).map((width) => (
          <Skeleton key={width} height={12} width={width} />
        ))}
      </div>
    </div>
  );
}

function NotRead() {
  return (
    <p className={classes.failed} role="alert">
      <IconAlertTriangle size={14} stroke={1.75} aria-hidden="true" />
      <span>This could not be read. It is tried again by itself; the server&apos;s log has the reason.</span>
    </p>
  );
}

/** A large number and what it counts. @param props.capped true when there are more */
export function Figure(props: { value: string; unit: string; tone?: "bad" | "wait" | undefined }) {
  return (
    <>
      <b className={classes.value} data-tone={props.tone}>
        {props.value}
      </b>{" "}
      {props.unit}
    </>
  );
}

/** A quiet line below a figure. */
export function TileNote({ children }: { children: ReactNode }) {
  return <p className={classes.note}>{children}</p>;
}

/** Rows of a tile. @param props.side true where they stand side by side if there is room */
export function TileRows({ side = false, children }: { side?: boolean; children: ReactNode }) {
  return (
    <ul className={classes.rows} data-side={side}>
      {children}
    </ul>
  );
}

/** A row: what it is, and its own figure at the right. */
export function TileRow(props: { href?: string; label: ReactNode; note?: ReactNode; children: ReactNode }) {
  const { href, label } = props;
  return (
    <li className={classes.row}>
      <span className={classes.what}>
        {href === undefined ? (
          <span className={classes.name}>{label}</span>
        ) : (
          <Link href={href} className={classes.name} {...rowLink}>
            {label}
          </Link>
        )}
        {props.note !== undefined && <span className={classes.small}>{props.note}</span>}
      </span>
      <span className={classes.amount}>{props.children}</span>
    </li>
  );
}
