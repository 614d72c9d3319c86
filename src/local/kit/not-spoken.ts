/** The answer to what a stand-in does not speak: never a false success. */
export function notSpoken(service: string, what: string): Response {
  return Response.json(
    { error: `The local ${service} does not speak ${what}.`, status: 501 },
    { status: 501 },
  );
}
