const sentences: ReadonlyMap<string, string> = new Map([
  [
    "signup_disabled",
    "Nobody was invited with the address that the provider gave. Ask an admin for an invitation.",
  ],
  [
    "account_not_linked",
    "The address that the provider gave is somebody's here who has not proved it. Use the password.",
  ],
  ["access_denied", "The provider refused the sign-in."],
  ["email_not_found", "The provider gave no e-mail address."],
]);

/** Why the way over the identity provider ended without a session, as a sentence. */
export function providerRefusal(code: string): string {
  return sentences.get(code) ?? "The sign-in at the provider did not succeed. Try again.";
}
