"use client";

import { Kbd, Modal } from "@mantine/core";
import { useId, useState } from "react";
import classes from "./keys-help.module.css";
import { keysOfPage } from "./page-keys.ts";
import { places } from "./places.ts";

interface Keys {
  readonly keys: readonly string[];
  readonly does: string;
  /** Why it does nothing for who looks. */
  readonly note?: string | null;
}

const everywhere: readonly Keys[] = [
  { keys: ["Ctrl K"], does: "Find by any id or name, or do something" },
  { keys: ["/"], does: "Search on the page, or find" },
  { keys: ["j", "k"], does: "Next and previous row of a list" },
  { keys: ["Enter"], does: "Open the row" },
  { keys: ["l"], does: "Hold the figures still, and let them go on" },
  { keys: ["u"], does: "Upload files" },
  { keys: ["v"], does: "Show the list as the view that was used last" },
  { keys: ["t"], does: "Show times in UTC, and by your clock" },
  { keys: ["["], does: "Show the places as icons, and with their names" },
  { keys: ["?"], does: "Show these keys" },
  { keys: ["Esc"], does: "Close what is open" },
];

const goTo: readonly Keys[] = places.map(({ goKey, label }) => ({ keys: ["g", goKey], does: label }));

const inTrace: readonly Keys[] = [
  { keys: ["↑", "↓"], does: "Move through the rows" },
  { keys: ["←", "→"], does: "Fold and unfold" },
  { keys: ["Enter"], does: "Details of the row" },
  { keys: ["+", "−"], does: "Zoom in and out; also ctrl and the wheel" },
  { keys: ["f"], does: "Zoom to the row" },
  { keys: ["a", "d"], does: "Earlier and later; also shift and the wheel, or drag" },
  { keys: ["0"], does: "Show everything" },
  { keys: ["n", "N"], does: "Next and previous hit" },
];

/** The list of keys. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="auto">
      <div className={classes.columns}>
        <OnThisPage />
        <Column title="Everywhere" entries={everywhere} />
        <Column title="Go to" entries={goTo} />
        <Column title="In the trace of a file" entries={inTrace} />
      </div>
    </Modal>
  );
}

/** The keys that the page has of its own, as it is when they are asked for. */
function OnThisPage() {
  const [keys] = useState(keysOfPage);
  if (keys.length === 0) return null;
  const entries = keys.map(({ hotkey, does, refusal }) => ({
    keys: [hotkey.replace("shift+", "Shift ")],
    does,
    note: refusal ?? null,
  }));
  return <Column title="On this page" entries={entries} />;
}

function Column({ title, entries }: { title: string; entries: readonly Keys[] }) {
  const id = useId();
  return (
    <section className={classes.column} aria-labelledby={id}>
      <h3 id={id} className={classes.title}>
        {title}
      </h3>
      <dl className={classes.keys}>
        {entries.map(({ keys, does, note }) => (
          <div key={does} className={classes.key}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>
              {does}
              {typeof note === "string" && <p className={classes.note}>{note}</p>}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
