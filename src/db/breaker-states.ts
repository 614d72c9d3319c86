/** The providers that steps call; each has a breaker. */
export const breakerProviders = ["gateway", "vector", "blob"] as const;

/** One of them. */
export type BreakerProvider = (typeof breakerProviders)[number];

/** `open`: nothing is sent to the provider; `half-open`: one step tries whether it answers again. */
export const breakerStates = ["closed", "open", "half-open"] as const;

/** One of them. */
export type BreakerState = (typeof breakerStates)[number];

/** Why a breaker's state changed. */
export const breakerCauses = [
  /** Too many of the calls in the window met an ill provider. */
  "errors",
  /** The cool-down is over, or somebody did not want to wait for its end: one step tries. */
  "probe",
  /** The step that tried was not heard of again: another one tries. */
  "probe-lost",
  /** The step that tried ended without asking the provider: another one tries. */
  "probe-idle",
  "probe-succeeded",
  "probe-failed",
  /** Somebody opened or closed it. */
  "person",
] as const;

/** One of them. */
export type BreakerCause = (typeof breakerCauses)[number];
