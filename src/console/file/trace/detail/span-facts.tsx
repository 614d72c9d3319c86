import type { ReactNode } from "react";
import { PayloadText } from "../../../format/payload-text.tsx";
import { attributeText } from "./attribute-text.ts";
import classes from "./span-detail.module.css";

/** A name with what is known under it. */
export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The attributes of a span or an event, by name. */
export function Attributes({ attributes }: { attributes: Readonly<Record<string, unknown>> }) {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return null;
  return (
    <dl className={classes.attributes}>
      {names.map((name) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>
            <PayloadText text={attributeText(attributes[name])} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
