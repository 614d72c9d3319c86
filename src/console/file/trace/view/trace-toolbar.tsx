"use client";

import { ActionIcon, Button } from "@mantine/core";
import { IconZoomIn, IconZoomOut } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { formatCounted } from "../../../format/count.ts";
import { formatDuration } from "../../../format/duration.ts";
import classes from "./trace-toolbar.module.css";
import type { TraceModel } from "./use-trace-model.ts";
import type { WaterfallState } from "./use-waterfall.ts";

/** What is seen, in words, with the search and the buttons that fold and zoom. */
export function TraceToolbar(props: {
  model: TraceModel;
  state: WaterfallState;
  /** False while spans are being read. */
  complete: boolean;
  children: ReactNode;
}) {
  const { model, state } = props;
  const { everything } = state.folds;
  const runs = model.tree.rows.filter(({ kind }) => kind === "run").length;
  const anyFolds = model.tree.rows.some(({ kind }) => kind === "fan-out");
  return (
    <div className={classes.toolbar}>
      <p className={classes.words}>
        {formatCounted(model.table.spans.length, "span")}
        {props.complete ? "" : " so far"}
        {runs > 1 && ` in ${formatCounted(runs, "run")}, ${formatDuration(model.nowMs)} from first to last`}
      </p>
      {props.children}
      <span className={classes.buttons}>
        {anyFolds && (
          <Button
            size="compact-xs"
            variant="default"
            onClick={() => state.setFolds({ everything: !everything, toggled: new Set() })}
          >
            {everything ? "Fold all" : "Unfold all"}
          </Button>
        )}
        <ActionIcon
          size="sm"
          variant="default"
          aria-label="Zoom out"
          data-hint="Zoom out (-)"
          disabled={state.window.whole}
          onClick={() => state.zoomBy(2)}
        >
          <IconZoomOut size={16} stroke={1.75} />
        </ActionIcon>
        <ActionIcon
          size="sm"
          variant="default"
          aria-label="Zoom in"
          data-hint="Zoom in (+)"
          onClick={() => state.zoomBy(0.5)}
        >
          <IconZoomIn size={16} stroke={1.75} />
        </ActionIcon>
        <Button
          size="compact-xs"
          variant="default"
          disabled={state.window.whole}
          onClick={state.window.reset}
        >
          Reset zoom
        </Button>
      </span>
    </div>
  );
}
