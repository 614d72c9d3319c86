/** So many groups, steps and holds are counted: what is more reads "500+". */
export const mostCounted = 500;

/** So many runs under way and files of a requeue are counted. */
export const mostFilesCounted = 10_000;

/** Whether a count was cut. */
export interface Capped {
  readonly capped: boolean;
}
