"use client";

import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import type { SavedView } from "../../triage/views/view-view.ts";
import { noteUsed } from "./last-view.ts";
import { useViewDeeds } from "./use-view-deeds.ts";
import classes from "./views-dialog.module.css";

/** Saves what a page shows now under a name, and takes views of one's own away. */
export function ViewsDialog(props: {
  opened: boolean;
  onClose: () => void;
  page: string;
  /** The page's state, as a view keeps it. */
  query: string;
  views: readonly SavedView[];
}) {
  const { page, query, onClose } = props;
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  const { save, remove } = useViewDeeds();
  const own = props.views.filter((view) => view.own);
  const known = own.some((view) => view.name === name.trim());
  const keep = () =>
    save.mutate(
      { page, query, name: name.trim(), shared },
      {
        onSuccess: (view) => {
          noteUsed(view);
          setName("");
          onClose();
        },
      },
    );
  return (
    <Modal opened={props.opened} onClose={onClose} title="Saved views of this page">
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          keep();
        }}
      >
        <TextInput
          label="Name"
          description="Filters, order and span of the page are kept as they are now."
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
          data-autofocus
        />
        <Checkbox
          label="Everybody sees it"
          checked={shared}
          onChange={(event) => setShared(event.currentTarget.checked)}
        />
        <Button type="submit" loading={save.isPending} disabled={name.trim() === ""}>
          {known ? "Save in its place" : "Save"}
        </Button>
      </form>
      {own.length > 0 && (
        <ul className={classes.views} aria-label="Your views">
          {own.map((view) => (
            <li key={view.id} className={classes.view}>
              <span>
                {view.name}
                {view.shared && <span className={classes.quiet}> · everybody sees it</span>}
              </span>
              <Button
                variant="default"
                size="compact-xs"
                loading={remove.isPending && remove.variables.id === view.id}
                aria-label={`Remove: ${view.name}`}
                onClick={() => remove.mutate(view)}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
    </Modal>
  );
}
