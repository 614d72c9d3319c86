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
import { Mark, type MarkSigns } from "../status/mark.tsx";
import { breakerWords, serviceWords } from "./provider-words.ts";

const breakers: MarkSigns<BreakerState> = {
  closed: { sign: IconCircleCheckFilled, tone: "good" },
  open: { sign: IconPlugConnectedX, tone: "bad" },
  "half-open": { sign: IconProgressHelp, tone: "wait" },
};

const services: MarkSigns<ServiceView["state"]> = {
  well: { sign: IconCircleCheckFilled, tone: "good" },
  late: { sign: IconAlertTriangleFilled, tone: "wait" },
  failed: { sign: IconCircleXFilled, tone: "bad" },
  unused: { sign: IconCircleDashed, tone: "calm" },
};

/** How a breaker stands. @param props.words what its states are called, where nothing says that it is a breaker */
export function BreakerMark(props: {
  state: BreakerState;
  byHand?: boolean;
  words?: Readonly<Record<BreakerState, string>>;
}) {
  const { state, byHand = false, words = breakerWords } = props;
  return (
    <Mark {...breakers[state]}>
      {words[state]}
      {byHand && " by hand"}
    </Mark>
  );
}

/** How a service stands that has no breaker. */
export function ServiceMark({ state }: { state: ServiceView["state"] }) {
  return <Mark {...services[state]}>{serviceWords[state]}</Mark>;
}
