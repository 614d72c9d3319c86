"use client";

import { useElementSize } from "@mantine/hooks";
import { type KeyboardEvent, useId, useMemo, useRef } from "react";
import type { StepFigures } from "../../triage/graph-versions/graph-version-view.ts";
import { formatCounted } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import type { DiffStep, DrawnGraph } from "./graph-diff.model.ts";
import classes from "./graph-drawing.module.css";
import { box, layOut, neighbour, type PlacedEdge } from "./graph-layout.model.ts";
import { diffWords, faultShare, tookText } from "./step-words.ts";

/**
 * The graph, drawn: across where there is room for it, else down. Arrow keys walk it, Enter opens a step. The table of
 * the steps says the same in words.
 */
export function GraphDrawing(props: {
  label: string;
  drawn: DrawnGraph;
  figures: readonly StepFigures[];
  /** The step that is open. */
  open: string | null;
  onOpen: (step: string) => void;
}) {
  const { drawn, open, onOpen } = props;
  const { ref, width } = useElementSize();
  const across = useMemo(() => layOut(drawn, "across"), [drawn]);
  const down = useMemo(() => layOut(drawn, "down"), [drawn]);
  const layout = width >= across.width ? across : down;
  const boxes = useRef(new Map<string, HTMLButtonElement>());
  const entry = drawn.steps.some(({ step }) => step.name === open) ? open : drawn.steps[0]?.step.name;
  const walk = (event: KeyboardEvent, from: string) => {
    const { key } = event;
    if (key !== "ArrowLeft" && key !== "ArrowRight" && key !== "ArrowUp" && key !== "ArrowDown") return;
    event.preventDefault();
    const next = neighbour(layout, from, key);
    if (next !== null) boxes.current.get(next)?.focus();
  };
  return (
    <div ref={ref} className={classes.frame}>
      <fieldset
        className={classes.drawing}
        style={{ width: layout.width, height: layout.height }}
        aria-label={props.label}
      >
        <Edges edges={layout.edges} width={layout.width} height={layout.height} />
        {layout.boxes.map(({ name, x, y }) => {
          const step = drawn.steps.find((each) => each.step.name === name);
          if (step === undefined) return null;
          return (
            <button
              key={name}
              ref={(button) => {
                if (button !== null) boxes.current.set(name, button);
              }}
              type="button"
              className={classes.box}
              data-kind={step.kind}
              style={{ left: x, top: y, width: box.width, height: box.height }}
              aria-pressed={name === open}
              tabIndex={name === entry ? 0 : -1}
              onKeyDown={(event) => walk(event, name)}
              onClick={() => onOpen(name)}
            >
              <Box drawn={step} figures={props.figures.find((each) => each.step === name)} />
            </button>
          );
        })}
      </fieldset>
    </div>
  );
}

function Box({ drawn: { step, kind }, figures }: { drawn: DiffStep; figures: StepFigures | undefined }) {
  const { word, sign } = diffWords[kind];
  const p95 = tookText(figures?.p95Ms);
  const faults = faultShare(figures);
  return (
    <>
      <span className={classes.name}>
        {step.name}
        {kind !== "same" && (
          <span className={classes.sign} data-kind={kind}>
            <span aria-hidden="true">{sign}</span>
            <span className={classes.spoken}>{word}</span>
          </span>
        )}
      </span>
      <span className={classes.line}>{step.fanOut === "once" ? "once" : `each ${step.fanOut}`}</span>
      <span className={classes.line}>
        {formatCounted(step.maxAttempts, "try", "tries")} · {formatDuration(step.timeLimitMs)}
      </span>
      <span className={classes.figures}>
        {p95 === null && faults === null ? (
          "not tried"
        ) : (
          <>
            <span>{p95 === null ? "–" : `p95 ${p95}`}</span>
            <span data-bad={(figures?.cameToNothing ?? 0) > 0}>{faults === null ? "" : `${faults} ✕`}</span>
          </>
        )}
      </span>
    </>
  );
}

function Edges({ edges, width, height }: { edges: readonly PlacedEdge[]; width: number; height: number }) {
  const id = useId();
  return (
    <svg className={classes.edges} width={width} height={height} aria-hidden="true">
      <defs>
        {(["same", "added", "removed"] as const).map((kind) => (
          <marker
            key={kind}
            id={`${id}${kind}`}
            viewBox="0 0 8 8"
            refX="7"
            refY="4"
            markerWidth="8"
            markerHeight="8"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0,0.5 L7.5,4 L0,7.5 z" className={classes.head} data-kind={kind} />
          </marker>
        ))}
      </defs>
      {edges.map(({ from, to, kind, sameShard, path }) => (
        <g key={`${from} ${to} ${kind} ${sameShard}`} data-kind={kind} className={classes.edge}>
          <path d={path} className={sameShard ? classes.double : classes.single} />
          {sameShard && <path d={path} className={classes.between} />}
          <path d={path} className={classes.tip} markerEnd={`url(#${id}${kind})`} />
        </g>
      ))}
    </svg>
  );
}
