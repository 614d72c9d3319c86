"use client";

import { Kbd, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import classes from "./search-field.module.css";

/** A pause in the typing after which the list follows, in ms. */
const pauseMs = 250;

/** The field keeps what is typed; the address follows when the typing pauses. The key / leads to it. */
export function SearchField(props: { label: string; value: string; onType: (typed: string) => void }) {
  const { value } = props;
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback(props.onType, pauseMs);
  useEffect(() => setTyped(value), [value]);
  return (
    <TextInput
      className={classes.field ?? ""}
      type="search"
      aria-label={props.label}
      placeholder={props.label}
      leftSection={<IconSearch size={14} stroke={1.75} aria-hidden="true" />}
      rightSection={typed === "" ? <Kbd size="xs">/</Kbd> : null}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        settle(event.currentTarget.value);
      }}
      data-search-field
    />
  );
}
