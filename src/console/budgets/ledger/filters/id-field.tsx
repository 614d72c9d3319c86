"use client";

import { Kbd, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import type { FilterChange } from "./ledger-filters.ts";
import classes from "./ledger-toolbar.module.css";
import { ownerOfId } from "./owner-of-id.ts";

/** Takes the id of a file, run or attempt, typed or pasted, and narrows the list to it. */
export function IdField({ onFound }: { onFound: (change: FilterChange) => void }) {
  const [typed, setTyped] = useState("");
  const [refused, setRefused] = useState(false);
  function take(text: string, final: boolean) {
    const owner = ownerOfId(text);
    if (owner !== null && final) {
      onFound(owner);
      setTyped("");
      setRefused(false);
      return;
    }
    setTyped(text);
    setRefused(final && text.trim() !== "");
  }
  return (
    <TextInput
      className={classes.id ?? ""}
      type="search"
      aria-label="Id of a file, run or attempt"
      placeholder="Id of a file, run or attempt"
      leftSection={<IconSearch size={14} stroke={1.75} aria-hidden="true" />}
      rightSection={typed === "" ? <Kbd size="xs">/</Kbd> : null}
      value={typed}
      error={refused && "Ids begin with file_, run_ or att_"}
      onChange={(event) => take(event.currentTarget.value, false)}
      onKeyDown={(event) => {
        if (event.key === "Enter") take(typed, true);
      }}
      onPaste={(event) => {
        const text = event.clipboardData.getData("text");
        if (typed !== "" || ownerOfId(text) === null) return;
        event.preventDefault();
        take(text, true);
      }}
      data-search-field
    />
  );
}
