"use client";

import { Kbd, Modal } from "@mantine/core";
import classes from "./keys-help.module.css";

const keys = [
  { keys: ["/"], does: "Search" },
  { keys: ["j", "k"], does: "Next and previous row" },
  { keys: ["Enter"], does: "Open the row" },
  { keys: ["u"], does: "Upload files" },
  { keys: ["?"], does: "Show these keys" },
  { keys: ["Esc"], does: "Close what is open" },
] as const;

/** The list of keys. */
export function KeysHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal opened={opened} onClose={onClose} title="Keys" size="xs">
      <dl className={classes.keys}>
        {keys.map((entry) => (
          <div key={entry.does} className={classes.key}>
            <dt>
              {entry.keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{entry.does}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
