import { serve } from "@hono/node-server";
import { Hono } from "hono";

/** How often a message is handed to the job routes. */
export type Repeat = "once" | "twice" | "three at once";

/** Stands before the job routes and delivers each message as often as a test wants. */
export interface DeliveryTap {
  /** Hands everything that came by over again, the last first. */
  replayBackwards(): Promise<void>;
  close(): Promise<void>;
}

/** Listens where QStash delivers, and passes on to `jobs`. */
export async function startDeliveryTap(jobs: Hono, port: number, repeat: Repeat): Promise<DeliveryTap> {
  const seen: { path: string; headers: Headers; body: string }[] = [];
  const hand = (at: (typeof seen)[number]) =>
    Promise.resolve(jobs.request(at.path, { method: "POST", headers: at.headers, body: at.body }));
  const app = new Hono();
  app.post("*", async (c) => {
    const message = { path: c.req.path, headers: new Headers(c.req.raw.headers), body: await c.req.text() };
    seen.push(message);
    if (repeat === "once") return hand(message);
    if (repeat === "twice") {
      const first = await hand(message);
      await hand(message);
      return first;
    }
    const answers = await Promise.all([hand(message), hand(message), hand(message)]);
    return answers.find((answer) => !answer.ok) ?? answers[0];
  });
  const server = serve({ fetch: app.fetch, port, hostname: "127.0.0.1" });
  await new Promise<void>((resolve) => server.once("listening", resolve));
  return {
    async replayBackwards() {
      for (const message of seen.toReversed()) await hand(message);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        if ("closeAllConnections" in server) server.closeAllConnections();
      }),
  };
}
