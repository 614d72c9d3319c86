import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { sendJson } from "../api-client.ts";

/** What is sent, and where to. */
interface Sent {
  readonly method: "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

/**
 * Changes something of people, keys or oneself: sends it, has the lists read again, and says that it is done.
 * @param options.reread the lists that it changes, by their query keys
 */
export function useSettingsDeed<Input, Output>(options: {
  send: (input: Input) => Sent;
  answer: z.ZodType<Output>;
  reread: readonly string[];
  done?: (input: Input) => string;
  onDone?: (output: Output) => void;
}) {
  const queries = useQueryClient();
  const reread = () =>
    Promise.all(options.reread.map((key) => queries.invalidateQueries({ queryKey: [key] })));
  return useMutation({
    mutationFn: (input: Input) => {
      const { method, path, body = {} } = options.send(input);
      return sendJson(method, path, body, options.answer);
    },
    onSuccess: async (output, input) => {
      await reread();
      if (options.done) notifications.show({ message: options.done(input) });
      options.onDone?.(output);
    },
    // What was refused may have been done by somebody else meanwhile.
    onError: reread,
  });
}
