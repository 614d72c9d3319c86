"use client";

import { Button, type ButtonProps, type ElementProps } from "@mantine/core";
import type { Ref } from "react";
import type { Deed } from "../../access/permissions.ts";
import { useMe } from "./me.tsx";

/** What a button needs to be one that not everybody may press. */
interface DeedButtonProps extends ButtonProps, ElementProps<"button", keyof ButtonProps> {
  /** The route that it leads to. */
  readonly deed: Deed;
  /** What it does, for whoever may. */
  readonly hint?: string;
  readonly ref?: Ref<HTMLButtonElement>;
}

/**
 * A button that does something. Whoever's role does not suffice sees it all the same, reaches it with the keyboard,
 * and is told why it does nothing.
 */
export function DeedButton({ deed, hint, ...button }: DeedButtonProps) {
  const refusal = useMe().refusal(deed);
  if (refusal !== null)
    return (
      <Button
        {...button}
        // Not `disabled`: the reason must be reachable by key and pointer.
        type="button"
        data-disabled
        aria-disabled="true"
        aria-description={refusal}
        data-hint={refusal}
        onClick={(event) => event.preventDefault()}
      />
    );
  return <Button {...button} data-hint={hint} />;
}
