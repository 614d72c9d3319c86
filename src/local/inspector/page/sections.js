import { empty, failure, h, table } from "./dom.js";
import { formatMeter, formatNumber, formatTime } from "./format.js";

/** The services: whether they answer, since when, and what they counted. */
export function services({ postgres, services, day }) {
  const database = {
    title: "Postgres",
    address: postgres.address,
    sinceMs: postgres.answer.ok ? postgres.answer.value.sinceMs : undefined,
    meters: postgres.answer.ok
      ? { ok: true, value: { connections: postgres.answer.value.connections } }
      : postgres.answer,
  };
  return table(
    "Services of the local stack",
    ["Service", "State", "Address", "Since", "Counted"],
    [database, ...services].map((service) => [
      h("strong", {}, service.title),
      serviceState(service),
      h("code", {}, service.address),
      service.sinceMs === undefined ? none() : formatTime(service.sinceMs, day),
      serviceMeters(service.meters),
    ]),
  );
}

function serviceState({ meters }) {
  if (!meters) return h("span", { class: "badge wait" }, "starting");
  return meters.ok
    ? h("span", { class: "badge good" }, "up")
    : h("span", { class: "badge bad" }, "does not answer");
}

function serviceMeters(meters) {
  if (!meters) return none();
  if (!meters.ok) return h("span", { class: "bad" }, meters.error);
  const counted = Object.entries(meters.value);
  if (counted.length === 0) return h("span", { class: "quiet" }, "nothing yet");
  return h(
    "ul",
    { class: "meters" },
    counted.map(([name, amount]) => h("li", {}, `${formatMeter(name)} `, h("b", {}, formatNumber(amount)))),
  );
}

/** A cell with nothing to tell; where there is little room it is left out. */
function none() {
  return h("span", { class: "none" }, "–");
}

/** QStash: counts, messages, queues, schedules. */
export function qstash({ qstash: answer, day }) {
  if (!answer) return empty("QStash starts when the application is up.");
  if (!answer.ok) return failure(`QStash does not tell what it has. ${answer.error}`);
  const { counts, messages, queues, schedules } = answer.value;
  return [
    h(
      "dl",
      { class: "counts" },
      count("Waiting", counts.waiting),
      count("Active", counts.active),
      count("Dead letters", counts.dead, counts.dead > 0),
    ),
    h("h3", {}, "Latest messages"),
    messages.length === 0 ? empty("Nothing was published yet.") : messageTable(messages, day),
    h(
      "div",
      { class: "pair" },
      h("div", {}, h("h3", {}, "Queues"), queueTable(queues)),
      h("div", {}, h("h3", {}, "Schedules"), scheduleTable(schedules, day)),
    ),
  ];
}

function count(name, value, alarming = false) {
  return h(
    "div",
    {},
    h("dt", {}, name),
    h("dd", { class: alarming ? "bad" : undefined }, formatNumber(value)),
  );
}

const kinds = {
  ...{ DELIVERED: "good", FAILED: "bad", ERROR: "wait", RETRY: "wait" },
  ...{ CANCEL_REQUESTED: "muted", CANCELED: "muted" },
};

function wordOf(state) {
  return state.toLowerCase().replaceAll("_", " ");
}

function messageTable(messages, day) {
  return table(
    "The latest messages of QStash",
    ["State", "Destination", "Answer", "At", "Next delivery"],
    messages.map((message) => [
      h("span", { class: `badge ${kinds[message.state] ?? "going"}` }, wordOf(message.state)),
      h(
        "span",
        { class: "target" },
        h("code", {}, message.url),
        h(
          "small",
          { class: "quiet" },
          [message.messageId, message.queueName && `queue ${message.queueName}`].filter(Boolean).join(" · "),
        ),
      ),
      message.error
        ? h("span", { class: "bad clamp", title: message.error }, message.error)
        : (message.responseStatus?.toString() ?? none()),
      formatTime(message.time, day),
      message.nextDeliveryTime ? formatTime(message.nextDeliveryTime, day) : none(),
    ]),
  );
}

function queueTable({ items, total }) {
  if (total === 0) return empty("No queues.");
  return [
    table(
      "Queues",
      ["Queue", "State", "Parallelism", "Lag"],
      items.map((queue) => [
        h("code", {}, queue.name),
        running(queue.paused),
        formatNumber(queue.parallelism),
        formatNumber(queue.lag),
      ]),
    ),
    more(items, total),
  ].filter(Boolean);
}

function scheduleTable({ items, total }, day) {
  if (total === 0) return empty("No schedules.");
  return [
    table(
      "Schedules",
      ["Schedule", "State", "Cron", "Next"],
      items.map((schedule) => [
        h(
          "span",
          { class: "target" },
          h("code", {}, schedule.scheduleId),
          h("small", { class: "quiet" }, schedule.destination),
        ),
        running(schedule.isPaused),
        h("code", {}, schedule.cron),
        schedule.nextScheduleTime ? formatTime(schedule.nextScheduleTime, day) : none(),
      ]),
    ),
    more(items, total),
  ].filter(Boolean);
}

function running(paused) {
  return paused
    ? h("span", { class: "badge wait" }, "paused")
    : h("span", { class: "badge good" }, "running");
}

/** Vector: the indexes with their namespaces. */
export function vector({ indexes }) {
  return indexes.map(({ name, info }) => {
    const title = h("h3", {}, h("code", {}, name));
    if (!info.ok) return h("div", {}, title, failure(`This index does not tell what it has. ${info.error}`));
    const { vectorCount, dimension, similarityFunction, indexType, namespaces } = info.value;
    const kind = [
      indexType?.toLowerCase(),
      dimension && `${dimension} dimensions`,
      similarityFunction?.toLowerCase().replaceAll("_", " "),
    ];
    return h(
      "div",
      {},
      title,
      h("p", { class: "quiet" }, kind.filter(Boolean).join(" · ")),
      h("dl", { class: "counts" }, count("Vectors", vectorCount), count("Namespaces", namespaces.total)),
      vectorCount === 0
        ? empty("No vectors yet.")
        : table(
            `Namespaces of ${name}`,
            ["Namespace", "Vectors"],
            namespaces.items.map((one) => [
              one.name === "" ? h("span", { class: "quiet" }, "the default one") : h("code", {}, one.name),
              formatNumber(one.vectorCount),
            ]),
          ),
      more(namespaces.items, namespaces.total),
    );
  });
}

function more(items, total) {
  return total > items.length ? empty(`And ${formatNumber(total - items.length)} more.`) : undefined;
}

/** The faults that are set, each with a button that removes it. */
export function faults({ control, services }) {
  if (!control) return [];
  const asked = services.filter((service) => service.faults);
  const silent = asked.filter(({ faults }) => !faults.ok);
  const set = asked.flatMap(({ name, title, faults }) =>
    faults.ok ? faults.value.faults.map((fault) => ({ service: name, title, fault })) : [],
  );
  return [
    h("h3", {}, "Faults that are set"),
    ...silent.map(({ title, faults }) => failure(`${title} does not tell its faults. ${faults.error}`)),
    set.length === 0 ? (silent.length === 0 ? empty("None.") : undefined) : faultList(set),
  ].filter(Boolean);
}

function faultList(set) {
  return h(
    "ul",
    { class: "faults" },
    set.map(({ service, title, fault }) => {
      const key = `${service}.${fault.id}`;
      const name = `${title}: ${faultText(fault)}`;
      return h(
        "li",
        {},
        h("span", {}, h("strong", {}, title), ` ${faultText(fault)}`),
        h(
          "button",
          {
            type: "button",
            "data-key": key,
            "data-service": service,
            "data-fault": `${fault.id}`,
            "aria-label": `Remove ${name}`,
          },
          "Remove",
        ),
      );
    }),
    h("li", {}, h("button", { type: "button", "data-key": "clear", "data-clear": true }, "Remove all")),
  );
}

function faultText(fault) {
  const side = fault.on === "delivery" ? "deliveries" : "requests";
  const effects = [
    fault.latencyMs && `${formatNumber(fault.latencyMs)} ms late`,
    fault.reorder && "passed by the next",
    fault.status && `answered ${fault.status}`,
    fault.drop && `dropped ${fault.drop} the work`,
    fault.duplicate && "sent twice",
  ].filter(Boolean);
  const share = fault.probability < 1 ? `${Math.round(fault.probability * 100)} % of ` : "";
  const match = fault.match === "" ? "all" : `“${fault.match}”`;
  const used = fault.times ? `${fault.disturbed} of ${fault.times}` : formatNumber(fault.disturbed);
  return `${share}${side} to ${match}: ${effects.join(", ") || "counted only"} · met ${used}`;
}
