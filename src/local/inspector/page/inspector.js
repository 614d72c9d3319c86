import { allowControls, setUpControls } from "./controls.js";
import { h, show } from "./dom.js";
import { formatDuration, formatMoment, formatTime } from "./format.js";
import { faults, qstash, services, vector } from "./sections.js";

const everyMs = 2000;
const patienceMs = 8000;
/** Below this, what the clock is ahead is the time that the answer took. */
const aheadFromMs = 1000;

const part = (id) => document.getElementById(id);
const pause = part("pause");
let paused = false;
let next;
let asking = false;

/** Reads the state and shows it; again after a while, as long as somebody looks. */
async function refresh() {
  clearTimeout(next);
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch("/api/state", { signal: AbortSignal.timeout(patienceMs) });
    if (!answer.ok) throw new Error(`It answered ${answer.status}.`);
    showState(await answer.json());
    part("lost").hidden = true;
  } catch (error) {
    part("lost").textContent = `The inspector does not answer; what stands here is old. ${error.message}`;
    part("lost").hidden = false;
  }
  asking = false;
  if (!paused && !document.hidden) next = setTimeout(refresh, everyMs);
}

function showState(state) {
  const readAt = Date.now();
  // Times of the day that the stack has; a section is drawn anew only when this or its data changes.
  const day = new Date(state.nowMs).setHours(0, 0, 0, 0);
  part("clock").textContent = formatMoment(state.nowMs);
  part("ahead").hidden = state.aheadMs < aheadFromMs;
  part("ahead").textContent = `${formatDuration(state.aheadMs)} ahead`;
  const setFaults = countFaults(state.services);
  part("disturbed").hidden = setFaults === 0;
  part("disturbed").textContent = setFaults === 1 ? "1 fault is set" : `${setFaults} faults are set`;
  part("fresh").textContent = `Read at ${formatTime(readAt, readAt)}`;
  show(part("application"), state.applicationUrl, (href) => h("a", { href }, "Application"));
  allowControls(state.control);
  const known = { postgres: state.postgres, services: state.services.map(withoutFaults), day };
  show(part("services"), known, services);
  show(part("qstash"), { qstash: state.qstash, day }, qstash);
  show(part("vector"), { indexes: state.indexes }, vector);
  show(part("faults"), { control: state.control, services: state.services.map(withoutMeters) }, faults);
}

function countFaults(services) {
  return services.reduce((sum, { faults }) => sum + (faults?.ok ? faults.value.faults.length : 0), 0);
}

function withoutFaults({ faults: _, ...service }) {
  return service;
}

function withoutMeters({ meters: _, ...service }) {
  return service;
}

pause.addEventListener("click", () => {
  paused = !paused;
  pause.textContent = paused ? "Resume" : "Pause";
  if (paused) clearTimeout(next);
  else refresh();
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) clearTimeout(next);
  else if (!paused) refresh();
});
setUpControls(refresh);
refresh();
