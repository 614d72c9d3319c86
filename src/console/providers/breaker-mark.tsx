import {
  IconAlertTriangleFilled,
  IconCircleCheckFilled,
  IconCircleDashed,
  IconCircleXFilled,
  IconPlugConnectedX,
  IconProgressHelp,
} from "@tabler/icons-react";
import type { BreakerState } from "../../db/breaker-states.ts";
import type { ServiceView } from "../../triage/providers/services-view.ts";
import classes from "./breaker-mark.module.css";
import { breakerWords, serviceWords } from "./provider-words.ts";

const breakerIcons = {
  closed: IconCircleCheckFilled,
  open: IconPlugConnectedX,
  "half-open": IconProgressHelp,
} as const;

const serviceIcons = {
  well: IconCircleCheckFilled,
  late: IconAlertTriangleFilled,
  failed: IconCircleXFilled,
  unused: IconCircleDashed,
} as const;

/** How a breaker stands, as sign and word; each has a shape of its own, so that nobody needs the colour. */
export function BreakerMark({ state, byHand = false }: { state: BreakerState; byHand?: boolean }) {
  const Icon = breakerIcons[state];
  return (
    <span className={classes.mark} data-state={state}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      {breakerWords[state]}
      {byHand && " by hand"}
    </span>
  );
}

/** How a service stands that has no breaker. */
export function ServiceMark({ state }: { state: ServiceView["state"] }) {
  const Icon = serviceIcons[state];
  return (
    <span className={classes.mark} data-state={state}>
      <Icon size={14} stroke={1.75} aria-hidden="true" />
      {serviceWords[state]}
    </span>
  );
}
