import { startJobServer } from "./job-server.ts";
import { type Stack, startStack } from "./stack.ts";

/** Starts the whole stack with the job routes on it; its `close` ends both. */
export async function startServedStack(...options: Parameters<typeof startStack>): Promise<Stack> {
  const stack = await startStack(...options);
  const server = await startJobServer(stack.runtime, Number(new URL(stack.env.WAYBILL_URL).port));
  return {
    ...stack,
    async close() {
      await server.close();
      await stack.close();
    },
  };
}
