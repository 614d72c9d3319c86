"use client";

import { Button, NumberInput } from "@mantine/core";
import { useState } from "react";
import { formatCount } from "../../format/count.ts";
import classes from "./pages-tab.module.css";

/** Leads to any page of the document by its number. */
export function GoToPage(props: { page: number; pages: number; onPage: (page: number) => void }) {
  const [typed, setTyped] = useState<string | number>(props.page);
  const page = Math.min(Math.max(1, Math.trunc(Number(typed)) || 1), props.pages);
  return (
    <form
      className={classes.goTo}
      onSubmit={(event) => {
        event.preventDefault();
        props.onPage(page);
      }}
    >
      <label htmlFor="go-to-page">From page</label>
      <NumberInput
        id="go-to-page"
        size="xs"
        className={classes.number ?? ""}
        min={1}
        max={props.pages}
        allowDecimal={false}
        hideControls
        value={typed}
        onChange={setTyped}
      />
      <span>of {formatCount(props.pages)}</span>
      <Button type="submit" variant="default" disabled={page === props.page}>
        Go
      </Button>
    </form>
  );
}
