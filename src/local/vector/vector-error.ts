/** A refused command; the text goes to the client as it is. */
export class VectorError extends Error {
  readonly status: 400 | 404 | 422 | 501;

  constructor(status: 400 | 404 | 422 | 501, message: string) {
    super(message);
    this.name = "VectorError";
    this.status = status;
  }
}

/** A command or a field of the real service that the stand-in does not speak. */
export function notSpoken(what: string): VectorError {
  return new VectorError(501, `The local stand-in for Upstash Vector does not speak ${what} yet.`);
}
