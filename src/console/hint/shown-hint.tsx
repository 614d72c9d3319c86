"use client";

import { Tooltip } from "@mantine/core";
import { useEffect, useId } from "react";
import { formatLocal, formatUtc } from "../format/moment.ts";
import classes from "./shown-hint.module.css";

/** The hint of an element, beside it for as long as it stands in the page. */
export function ShownHint({ element }: { element: HTMLElement }) {
  const id = useId();
  const text = hintOf(element);
  useEffect(() => {
    // What it says already is not said twice to those who hear it.
    if (element.hasAttribute("aria-describedby") || element.hasAttribute("aria-description")) return;
    element.setAttribute("aria-describedby", id);
    return () => element.removeAttribute("aria-describedby");
  }, [element, id]);
  return (
    <Tooltip
      id={id}
      role="tooltip"
      className={classes.hint ?? ""}
      label={text}
      target={element}
      opened={text !== ""}
      position={element.dataset.hintSide === "right" ? "right" : "top"}
    />
  );
}

function hintOf(element: HTMLElement): string {
  const { hint } = element.dataset;
  if (hint !== undefined || !(element instanceof HTMLTimeElement)) return hint ?? "";
  const local = formatLocal(element.dateTime);
  const utc = formatUtc(element.dateTime);
  return local.endsWith(" UTC") ? utc : `${utc}\n${local}`;
}
