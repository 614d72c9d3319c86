import { queryOptions } from "@tanstack/react-query";
import { redactionViewSchema } from "../../../triage/redaction/redaction-view.ts";
import { getJson } from "../../api-client.ts";

/** Fields whose values are not shown. */
export const redactionQuery = queryOptions({
  queryKey: ["redaction"],
  queryFn: ({ signal }) => getJson("/api/v1/redaction", redactionViewSchema, { signal }),
});
