"use client";

import { Modal } from "@mantine/core";
import { useState } from "react";
import type { PriceView } from "../../../../costs/prices/price-view.ts";
import { ApiError, sentenceOf } from "../../../api-error.ts";
import { newRequestKey } from "../../../request-key.ts";
import { useNow } from "../../../shell/now.tsx";
import type { PriceLine } from "../price-book.model.ts";
import {
  type DraftErrors,
  draftOf,
  emptyDraft,
  type PriceDraft,
  readDraft,
  refusedFields,
} from "./price-draft.model.ts";
import { PriceEffect } from "./price-effect.tsx";
import { PriceForm } from "./price-form.tsx";
import { useAddPrice, usePreviewPrice } from "./use-price-deeds.ts";

/**
 * Adds a price, or another one for what has a price already: the form, then what it would change, then, asked once,
 * it is done.
 */
export function PriceDialog(props: {
  /** The price that is changed; null for a price of something new. */
  before: PriceView | null;
  lines: readonly PriceLine[];
  onClose: () => void;
  onAdded: (price: PriceView) => void;
}) {
  const { before, onClose } = props;
  const now = useNow();
  const [draft, setDraft] = useState<PriceDraft>(() =>
    before === null ? emptyDraft(now) : draftOf(before, now),
  );
  const [errors, setErrors] = useState<DraftErrors>({});
  const [key, setKey] = useState(newRequestKey);
  const refuse = (error: Error) => {
    if (!(error instanceof ApiError)) return;
    const refused = refusedFields(error.details);
    setErrors(refused.errors);
    if (Object.keys(refused.errors).length > 0) preview.reset();
  };
  const preview = usePreviewPrice(refuse);
  const add = useAddPrice(props.onAdded, refuse);
  const failed = add.error ?? preview.error;
  // What is said at its field is not said again below.
  const sentence = failed === null || Object.keys(errors).length > 0 ? null : sentenceOf(failed);
  function look() {
    const asked = readDraft(draft, before?.effectiveFrom ?? null, now);
    setErrors("errors" in asked ? asked.errors : {});
    add.reset();
    // Another form is another request.
    setKey(newRequestKey());
    if ("body" in asked) preview.mutate(asked.body);
  }
  return (
    <Modal
      opened
      onClose={onClose}
      size={preview.data ? "lg" : "md"}
      title={before === null ? "Add a price" : `Another price for ${before.meter}`}
    >
      {preview.data ? (
        <PriceEffect
          body={preview.data.body}
          preview={preview.data.preview}
          before={before}
          sentence={sentence}
          pending={add.isPending}
          onBack={() => preview.reset()}
          onConfirm={() => add.mutate({ body: preview.data.body, key })}
        />
      ) : (
        <PriceForm
          draft={draft}
          errors={errors}
          before={before}
          lines={props.lines}
          sentence={sentence}
          pending={preview.isPending}
          onDraft={(change) => {
            setDraft({ ...draft, ...change });
            setErrors(Object.fromEntries(Object.entries(errors).filter(([field]) => !(field in change))));
          }}
          onSubmit={look}
          onClose={onClose}
        />
      )}
    </Modal>
  );
}
