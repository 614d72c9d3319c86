/** The headers of a request: all that access looks at. */
export interface RequestHead {
  readonly headers: Headers;
}
