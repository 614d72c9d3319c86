import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type PriceView, pricePreviewSchema, priceViewSchema } from "../../../../costs/prices/price-view.ts";
import { sendJson } from "../../../api-client.ts";
import { correctionText } from "../price-book.model.ts";
import type { PriceBody } from "./price-draft.model.ts";

/** Asks what a price would change; writes nothing. */
export function usePreviewPrice(onRefused: (error: Error) => void) {
  return useMutation({
    mutationFn: async (body: PriceBody) => ({
      body,
      preview: await sendJson("POST", "/api/v1/prices/preview", body, pricePreviewSchema),
    }),
    onError: onRefused,
  });
}

/** Adds a price and has the book and the ledger read again; the same key is one price, however often it is sent. */
export function useAddPrice(onAdded: (price: PriceView) => void, onRefused: (error: Error) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: { body: PriceBody; key: string }) =>
      sendJson("POST", "/api/v1/prices", body, priceViewSchema, { "idempotency-key": key }),
    onSuccess: async (price) => {
      await queries.invalidateQueries({ queryKey: ["prices"] });
      void queries.invalidateQueries({ queryKey: ["ledger"] });
      notifications.show({
        title: "The price is in the book",
        message:
          price.correction === null
            ? "No entry was made at another."
            : `${correctionText(price.correction)}.`,
      });
      onAdded(price);
    },
    onError: onRefused,
  });
}
