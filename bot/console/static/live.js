// A talk goes on by itself: new words appear, and what is said is sent without leaving the page.
// Without this script the same page works by its buttons. Words go in as text, never as markup.

const talk = document.getElementById("talk");
const form = document.getElementById("say");
const part = (id) => document.getElementById(id);

// ---- what is new

function add({ id, theirs, who, at, text }) {
  if (talk.querySelector(`[data-id="${Number(id)}"]`)) return;
  const word = part("word").content.firstElementChild.cloneNode(true);
  word.dataset.id = id;
  word.classList.add(theirs ? "theirs" : "ours");
  const time = word.querySelector("time");
  time.textContent = at;
  time.before(`${who} `);
  word.querySelector(".words").textContent = text;
  const below = talk.scrollHeight - talk.scrollTop - talk.clientHeight < 80;
  document.querySelector("[data-empty]")?.remove();
  talk.append(word);
  if (below) talk.scrollTop = talk.scrollHeight;
}

function show({ state, why, holder, waiting }, source) {
  part("unread").hidden = !waiting;
  part("unread").querySelector("span").textContent = waiting;
  if (state === "closed") {
    source.close();
    part("over").textContent = document.querySelector(`template[data-over="${why}"]`).content.textContent;
    part("over").hidden = false;
    if (form) for (const one of form.querySelectorAll("button")) one.disabled = true;
  } else if (state !== talk.dataset.state || holder !== talk.dataset.holder) {
    // Taken or passed on by somebody; what is being typed is not taken away.
    if (!form?.text.value) location.replace(location.pathname);
  }
}

if (talk?.dataset.live) {
  const source = new EventSource(talk.dataset.live);
  source.addEventListener("open", () => (part("lost").hidden = true));
  source.addEventListener("error", () => {
    // Coming again every few minutes is no loss: only what lasts is told.
    setTimeout(() => (part("lost").hidden = source.readyState === EventSource.OPEN), 3000);
  });
  source.addEventListener("word", (event) => add(JSON.parse(event.data)));
  source.addEventListener("stands", (event) => show(JSON.parse(event.data), source));
  for (const one of document.querySelectorAll("[data-reload]")) one.hidden = true;
}
if (talk) talk.scrollTop = talk.scrollHeight;

// ---- what is said

function tell(why) {
  const unsaid = part("unsaid");
  const words = { over: "over", "too-long": "tooLong", lacking: "lacking" }[why] ?? "lost";
  unsaid.textContent = unsaid.dataset[words];
  unsaid.hidden = false;
}

const once = () =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, "0")).join("");

async function say() {
  const sent = new FormData(form);
  sent.set("step", "say");
  sent.set("live", "yes");
  form.dataset.saying = "yes";
  try {
    const response = await fetch(form.action, { method: "POST", body: new URLSearchParams(sent) });
    const { taken, problem } = await response.json();
    if (!taken) return tell(problem);
    part("unsaid").hidden = true;
    form.once.value = once();
    if (form.text.value === sent.get("text")) form.text.value = "";
  } catch {
    tell("lost");
  } finally {
    delete form.dataset.saying;
    form.text.focus();
  }
}

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  event.stopPropagation(); // console.js lets a form be sent only once
  const answer = event.submitter?.dataset.answer;
  if (answer !== undefined) {
    form.text.value = [form.text.value.trim(), answer].filter(Boolean).join("\n");
    form.text.focus();
  } else if (!form.dataset.saying) {
    say();
  }
});

// Enter sends, as in every chat; Shift+Enter begins a new line.
form?.text.addEventListener("keydown", (event) => {
  const composing = event.isComposing || event.keyCode === 229; // Enter that picks a character
  if (event.key !== "Enter" || event.shiftKey || composing) return;
  event.preventDefault();
  form.requestSubmit(form.querySelector("button[value=say]"));
});
