"use client";

import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { watchHints } from "./watch-hints.ts";

const ShownHint = dynamic(() => import("./shown-hint.tsx").then((shown) => shown.ShownHint), { ssr: false });

/**
 * Shows what `data-hint` says of the element that is pointed at or reached by the keyboard, and of a `<time>` the exact
 * moment. One for the whole console: a list of a hundred moments has no tooltip of its own for each of them, and what
 * draws one is loaded when the first is asked for.
 */
export function HintLayer() {
  const [element, setElement] = useState<HTMLElement | null>(null);
  useEffect(() => watchHints(document, setElement), []);
  return element !== null && <ShownHint element={element} />;
}
