/** The secrets of the stand-in under test. */
export const secrets = {
  token: "test-token",
  readOnlyToken: "test-read-only-token",
  currentSigningKey: "sig_current",
  nextSigningKey: "sig_next",
};
