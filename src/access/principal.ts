/** Who sent a request: an API key, used directly or through a browser that signed in with it. */
export interface Principal {
  readonly keyId: string;
  readonly keyName: string;
  readonly via: "key" | "session";
}
