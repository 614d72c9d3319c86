"use client";

import { Kbd } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FoundPlace } from "../../pipeline/find/found-view.ts";
import { sentenceOf } from "../api-error.ts";
import { places as pages } from "../shell/places.ts";
import { StateIcon } from "../status/status-mark.tsx";
import { useUploads } from "../upload/uploads-context.ts";
import { noteUsed } from "../views/last-view.ts";
import { viewHref } from "../views/view-href.ts";
import { viewsQuery } from "../views/views.query.ts";
import { type Command, matchingCommands } from "./commands.ts";
import { hrefOf, lineOf, wantedOf } from "./find.model.ts";
import { findQuery } from "./find.query.ts";
import classes from "./find-palette.module.css";
import { paletteStore } from "./palette.ts";
import { giveTypedAhead, paletteField } from "./typed-ahead.ts";
import { useFirstFound } from "./use-first-found.ts";

/** A pause in the typing after which is looked, in ms; a paste waits no longer than that. */
const pauseMs = 150;

const nowhere: readonly FoundPlace[] = [];

/** The palette over every page: an id of any kind or a name leads to its file, a word to a command. */
export function FindPalette({ onShowKeys }: { onShowKeys: () => void }) {
  const [typed, setTyped] = useState("");
  const [settled] = useDebouncedValue(typed, pauseMs);
  const wanted = wantedOf(settled);
  const found = useQuery(findQuery(wanted));
  const router = useRouter();
  const commands = matchingCommands(useCommands(onShowKeys), typed.trim());
  const pending = wantedOf(typed) !== wanted || found.isLoading;
  const places = pending || wanted === "" ? nowhere : (found.data ?? nowhere);
  const open = (place: FoundPlace) => router.push(hrefOf(place, wanted));
  const hurry = useFirstFound(places, pending, open);
  return (
    <Spotlight.Root
      store={paletteStore}
      query={typed}
      onQueryChange={(query) => {
        hurry.forget();
        setTyped(query);
      }}
      // The keys of the shell open it, also while it is still on its way.
      shortcut={null}
      centered={false}
      scrollable
      maxHeight="min(60vh, 28rem)"
      overlayProps={{ backgroundOpacity: 0.35 }}
      attributes={{ content: { "aria-label": "Find" } }}
      classNames={{
        content: classes.content ?? "",
        search: classes.search ?? "",
        action: classes.action ?? "",
        actionsList: classes.list ?? "",
        actionsGroup: classes.group ?? "",
        empty: classes.empty ?? "",
      }}
    >
      <Spotlight.Search
        {...paletteField}
        onFocus={(event) => giveTypedAhead(event.currentTarget)}
        aria-label="Find by id or name, or do something"
        placeholder="Paste any id, or type a name"
        maxLength={2_000}
        onKeyDown={(event) => event.key === "Enter" && commands.length === 0 && hurry.ask()}
        leftSection={<IconSearch size={16} stroke={1.75} aria-hidden="true" />}
      />
      <Spotlight.ActionsList>
        {places.length > 0 && (
          <Spotlight.ActionsGroup label="Found">
            {places.map((place, at) => (
              <Place key={keyOf(place)} place={place} chosen={at === 0} onOpen={() => open(place)} />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {commands.length > 0 && (
          // Made anew when places come, as the first of them is chosen then and no command any more.
          <Spotlight.ActionsGroup key={places.length > 0 ? "below" : "alone"} label="Go and do">
            {commands.map((command) => (
              <Spotlight.Action key={command.label} onClick={command.run}>
                <span className={classes.label}>{command.label}</span>
                {command.keys !== null && <Kbd size="xs">{command.keys}</Kbd>}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        )}
        {places.length === 0 && wanted !== "" && (
          <Spotlight.Empty>{nothingText(found.error, pending, wanted)}</Spotlight.Empty>
        )}
      </Spotlight.ActionsList>
      <p className={classes.spoken} role="status">
        {wanted !== "" && !pending && `${places.length} found`}
      </p>
    </Spotlight.Root>
  );
}

function Place({ place, chosen, onOpen }: { place: FoundPlace; chosen: boolean; onOpen: () => void }) {
  return (
    // Spotlight moves this mark itself from here on.
    <Spotlight.Action onClick={onOpen} {...(chosen && { "data-selected": "true" })}>
      <StateIcon state={place.status} />
      <span className={classes.place}>
        <span className={classes.name}>{place.fileName}</span>
        <span className={classes.line}>{lineOf(place)}</span>
      </span>
    </Spotlight.Action>
  );
}

function keyOf(place: FoundPlace): string {
  return [place.fileId, place.what, place.run, place.step, place.spanId].join(" ");
}

function nothingText(error: Error | null, pending: boolean, wanted: string): string {
  if (pending) return "Looking…";
  if (error !== null) return sentenceOf(error);
  if (wanted.length < 3) return "Type three letters or more.";
  return "Nothing has this id or name. A span is found once its work has begun.";
}

function useCommands(onShowKeys: () => void): Command[] {
  const router = useRouter();
  const { chooseFiles } = useUploads();
  const views = useQuery(viewsQuery);
  return [
    ...pages.map(({ label, keywords, path, goKey }) => ({
      label: `Go to ${label.toLowerCase()}`,
      keywords,
      keys: `g ${goKey}`,
      run: () => router.push(path),
    })),
    {
      label: "Go to failed and held files",
      keywords: "errors problems",
      keys: null,
      run: () => router.push("/files?status=failed,held"),
    },
    ...(views.data ?? []).map((view) => ({
      label: `View ${view.name} of ${view.page.slice(1)}`,
      keywords: `saved ${view.by}`,
      keys: null,
      run: () => {
        noteUsed(view);
        router.push(viewHref(view));
      },
    })),
    { label: "Upload files", keywords: "add ingest new", keys: "u", run: chooseFiles },
    { label: "Show the keys", keywords: "shortcuts help", keys: "?", run: onShowKeys },
  ];
}
