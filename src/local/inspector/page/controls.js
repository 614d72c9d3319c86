const told = document.getElementById("told");

async function send(method, path, body) {
  const answer = await fetch(path, {
    method,
    ...(body && { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
  });
  if (answer.ok) return;
  const { error } = await answer.json().catch(() => ({}));
  throw new Error(typeof error === "string" ? error : `It was answered ${answer.status}.`);
}

/** Sets the controls up; `changed` is called when one of them has changed the stack. */
export function setUpControls(changed) {
  const act = async (sentence, work) => {
    told.textContent = "";
    told.classList.remove("bad");
    try {
      await work();
      told.textContent = sentence;
    } catch (error) {
      told.classList.add("bad");
      told.textContent = `That failed. ${error.message}`;
    }
    changed();
  };
  setUpAdvance(act);
  setUpInject(act);
  document.getElementById("faults").addEventListener("click", ({ target }) => {
    const { service, fault, clear } = target.closest("button")?.dataset ?? {};
    if (service)
      act("The fault is removed.", () => send("DELETE", `/api/faults?service=${service}&id=${fault}`));
    if (clear !== undefined) {
      const names = new Set(
        [...document.querySelectorAll("#faults [data-service]")].map((one) => one.dataset.service),
      );
      act("All faults are removed.", () =>
        Promise.all([...names].map((name) => send("DELETE", `/api/faults?service=${name}`))),
      );
    }
  });
}

/** Says whether the controls may be used. */
export function allowControls(allowed) {
  document.getElementById("control-off").hidden = allowed;
  for (const fieldset of document.querySelectorAll("form fieldset")) fieldset.disabled = !allowed;
}

function setUpAdvance(act) {
  const form = document.getElementById("advance");
  const advance = (ms, words) =>
    act(`The clock was moved ahead by ${words}.`, () => send("POST", "/api/clock/advance", { ms }));
  for (const button of form.querySelectorAll("[data-ms]")) {
    button.addEventListener("click", () => advance(Number(button.dataset.ms), button.textContent));
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { amount, unit } = form.elements;
    advance(
      Number(amount.value) * Number(unit.value),
      `${amount.value} ${unit.selectedOptions[0].textContent}`,
    );
  });
}

function setUpInject(act) {
  const form = document.getElementById("inject");
  const { service, on, duplicate } = form.elements;
  const follow = () => {
    const delivers = service.value === "qstash";
    if (!delivers) on.value = "request";
    on.querySelector("[value=delivery]").disabled = !delivers;
    duplicate.disabled = on.value !== "delivery";
    if (duplicate.disabled) duplicate.checked = false;
    document.getElementById("match-label").textContent =
      on.value === "delivery" ? "Destination contains" : "Path contains";
  };
  form.addEventListener("change", follow);
  follow();
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const fault = readFault(form.elements);
    act("The fault is set.", () => {
      const effects = ["latencyMs", "status", "drop", "reorder", "duplicate"];
      if (!effects.some((effect) => effect in fault)) {
        throw new Error("Choose what it does: latency, a status, a drop, reorder or duplicate.");
      }
      return send("POST", "/api/faults", { service: service.value, fault });
    });
  });
}

function readFault(fields) {
  const numberOf = (name) => fields[name].value && { [name]: Number(fields[name].value) };
  const checked = (name) => fields[name].checked && { [name]: true };
  return {
    on: fields.on.value,
    match: fields.match.value,
    probability: Number(fields.probability.value) / 100,
    ...numberOf("latencyMs"),
    ...numberOf("status"),
    ...numberOf("times"),
    ...(fields.drop.value && { drop: fields.drop.value }),
    ...checked("reorder"),
    ...checked("duplicate"),
  };
}
