"use client";

import { Kbd, UnstyledButton } from "@mantine/core";
import { useOs } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import classes from "./find-box.module.css";
import { palette } from "./palette.ts";

/** The box in the bar into which any id is pasted; it opens the palette, which has the keyboard at once. */
export function FindBox() {
  const os = useOs();
  const mod = os === "macos" || os === "ios" ? "⌘" : "Ctrl";
  return (
    <UnstyledButton className={classes.box} onClick={palette.open} aria-keyshortcuts="Control+K Meta+K">
      <IconSearch size={14} stroke={1.75} aria-hidden="true" />
      <span className={classes.text}>Find by any id or name</span>
      <Kbd size="xs" className={classes.keys ?? ""}>
        {mod} K
      </Kbd>
    </UnstyledButton>
  );
}
