"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { pictureUrl } from "./pages.query.ts";
import classes from "./pages-tab.module.css";

/** A page as it looks; fetched when it comes near the screen, and opened in full by a click. */
export function PagePicture({ fileId, page }: { fileId: string; page: number }) {
  const [tries, setTries] = useState(0);
  const [state, setState] = useState<"loading" | "shown" | "failed">("loading");
  if (state === "failed") {
    return (
      <div className={classes.noPicture}>
        <p>The picture of this page could not be drawn.</p>
        <Button
          variant="default"
          size="compact-xs"
          onClick={() => {
            setTries(tries + 1);
            setState("loading");
          }}
        >
          Try again
        </Button>
      </div>
    );
  }
  const url = pictureUrl(fileId, page);
  return (
    <a className={classes.picture} href={url} target="_blank" rel="noreferrer" data-state={state}>
      {/* biome-ignore lint/performance/noImgElement: the picture is drawn to size and kept by the browser */}
      <img
        src={tries === 0 ? url : `${url}?try=${tries}`}
        alt={`Page ${page} as it looks`}
        loading="lazy"
        decoding="async"
        onLoad={() => setState("shown")}
        onError={() => setState("failed")}
      />
    </a>
  );
}
