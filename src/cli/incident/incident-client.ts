import { z } from "zod";
import { type Clock, systemClock } from "../../kernel/clock.ts";
import { fileSummarySchema, fileViewSchema, listOf } from "../../pipeline/files/file-view.ts";
import { acceptedUploadSchema } from "../../pipeline/files/upload-view.ts";

/** How to reach the product that runs, as any client does, and the control routes of its gateway stand-in. */
export interface IncidentTarget {
  /** A request to the product with a valid key; `path` begins with `/api`. */
  readonly send: (path: string, init?: RequestInit) => Promise<Response>;
  /** The origin of the stand-in of AI Gateway, which must have its control routes. */
  readonly gatewayOrigin: string;
  readonly clock: Pick<Clock, "wait">;
}

/** What the seed asks of the product. Every call throws a TypeError with what the answer was. */
export type IncidentClient = ReturnType<typeof createIncidentClient>;

/** How long until what is waited for is looked at again, in ms. */
const pollMs = 250;
/** How long a refusal for too many requests waits that does not say for how long, in s. */
const usualWaitSec = 5;

/** A client for seeding the product at an address, with a key of its API. @param product.gatewayUrl of the stand-in */
export function incidentClientOf(product: {
  readonly url: string;
  readonly apiKey: string;
  readonly gatewayUrl: string;
}): IncidentClient {
  return createIncidentClient({
    send: (path, init = {}) => {
      const headers = new Headers(init.headers);
      headers.set("authorization", `Bearer ${product.apiKey}`);
      return fetch(`${product.url}${path}`, { ...init, headers });
    },
    gatewayOrigin: new URL(product.gatewayUrl).origin,
    clock: systemClock,
  });
}

/** A client of the product for seeding. */
export function createIncidentClient({ send, gatewayOrigin, clock }: IncidentTarget) {
  const json = (path: string, body: object) =>
    send(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  return {
    /** Makes a project; one that there is stays as it is. */
    async makeProject(slug: string): Promise<void> {
      const answer = await json("/api/v1/projects", { slug });
      if (answer.status !== 409) await expectOk(answer);
    },
    /** Makes a budget; one that there is stays as it is. */
    async makeBudget(budget: object): Promise<void> {
      const answer = await json("/api/v1/budgets", budget);
      if (answer.status !== 409) await expectOk(answer);
    },
    /** Uploads a document, and waits where there were too many. @returns its file's id */
    async upload(project: string, name: string, content: string): Promise<string> {
      for (;;) {
        const form = new FormData();
        form.set("project", project);
        form.set("file", new Blob([content]), name);
        const answer = await send("/api/upload", { method: "POST", body: form });
        if (answer.status !== 429)
          return acceptedUploadSchema.parse(await (await expectOk(answer)).json()).fileId;
        await clock.wait(Number(answer.headers.get("retry-after") ?? usualWaitSec) * 1000);
      }
    },
    /** Does what failed of a file again. */
    async requeue(fileId: string): Promise<void> {
      await expectOk(
        await json(`/api/v1/files/${fileId}/requeue`, { from: "failed", reason: "it must work" }),
      );
    },
    async file(fileId: string) {
      return fileViewSchema.parse(await (await expectOk(await send(`/api/v1/files/${fileId}`))).json());
    },
    /** Whether a project has files on their way. */
    async isBusy(project: string): Promise<boolean> {
      const query = new URLSearchParams({ project, limit: "1" });
      for (const status of ["queued", "running"]) query.append("status", status);
      const answer = await expectOk(await send(`/api/v1/files?${query}`));
      return listOf(fileSummarySchema).parse(await answer.json()).items.length > 0;
    },
    /** Waits until something is so. */
    async until(isSo: () => Promise<boolean>): Promise<void> {
      while (!(await isSo())) await clock.wait(pollMs);
    },
    /** Lets the gateway answer with a fault; see `src/local/kit/faults.ts`. */
    async disturbGateway(fault: object): Promise<void> {
      const init = { method: "POST", body: JSON.stringify({ match: "embedding", ...fault }) };
      await expectControl(await fetch(`${gatewayOrigin}/__local/faults`, init));
    },
    /** Ends all faults of the gateway. */
    async mendGateway(): Promise<void> {
      await expectControl(await fetch(`${gatewayOrigin}/__local/faults`, { method: "DELETE" }));
    },
  };
}

async function expectOk(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  throw new TypeError(`The product answered ${answer.status}: ${await answer.text()}`);
}

async function expectControl(answer: Response): Promise<void> {
  if (answer.ok) return;
  const text = z.string().parse(await answer.text());
  throw new TypeError(
    `The gateway's faults could not be set (${answer.status} ${text}). Start with: npm start -- --control`,
  );
}
