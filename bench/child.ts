import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { z } from "zod";

/** A program beside the benchmark that answers what it is told. */
export interface Child<Hello> {
  readonly hello: Hello;
  ask<Answer>(command: object, answer: z.ZodType<Answer>): Promise<Answer>;
  /** Tells it something without waiting for an answer. */
  tell(command: object): void;
  kill(): Promise<void>;
}

/** Starts a program of the benchmarks, named by its path below this folder, and waits for its first word. */
export async function startChild<Hello>(
  program: string,
  args: readonly string[],
  hello: z.ZodType<Hello>,
): Promise<Child<Hello>> {
  const child: ChildProcess = fork(new URL(program, import.meta.url), args, {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const next = async () => {
    const [message]: unknown[] = await once(child, "message");
    return message;
  };
  return {
    hello: hello.parse(await next()),
    async ask(command, answer) {
      const answered = next();
      child.send(command);
      return answer.parse(await answered);
    },
    tell: (command) => void child.send(command),
    async kill() {
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
