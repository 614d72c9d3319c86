/** Why the local stack does not start, or stopped: a sentence for the person at the terminal. */
export class StartError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "StartError";
  }
}
