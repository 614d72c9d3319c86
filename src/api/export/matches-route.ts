/** True for a path that a route such as `/api/v1/files/{id}` answers; a route matches itself. */
export function matchesRoute(route: string, path: string): boolean {
  return new RegExp(`^${route.replace(/\{\w+\}/g, "[^/]+")}$`).test(path);
}
