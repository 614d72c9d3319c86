"use client";

import { useQuery } from "@tanstack/react-query";
import { PayloadText } from "../../../format/payload-text.tsx";
import { attributeText } from "../detail/attribute-text.ts";
import { spanQuery } from "../trace.query.ts";
import classes from "./hover-card.module.css";
import { tellingAttributes } from "./telling-attributes.model.ts";

/** The card must not hide the rows around it. */
const mostShown = 8;

/** The attributes that tell a span from others, read when they are shown. */
export function HoverAttributes({ fileId, spanId }: { fileId: string; spanId: string }) {
  const span = useQuery(spanQuery(fileId, spanId));
  const telling = tellingAttributes(span.data?.attributes ?? {});
  if (telling.length === 0) return null;
  return (
    <>
      <dl className={classes.attributes}>
        {telling.slice(0, mostShown).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <PayloadText text={attributeText(value)} />
            </dd>
          </div>
        ))}
      </dl>
      {telling.length > mostShown && (
        <p className={classes.quiet}>A click shows {telling.length - mostShown} more.</p>
      )}
    </>
  );
}
