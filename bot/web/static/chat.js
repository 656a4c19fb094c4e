// The chat page's behaviour. Without this script the same page works as a plain form.
// Whatever was typed or answered goes into the page as text, never as markup.

const RETRIES = [700, 2000]; // milliseconds between quiet attempts of one message
const PATIENCE = 20000; // milliseconds for one attempt
const KEPT = 60; // messages that survive a reload of this tab
const STORE = "zhixing";

const log = document.getElementById("log");
const composer = document.getElementById("composer");
const field = document.getElementById("text");
const problem = document.getElementById("problem");
const sendButton = composer.querySelector(".send");
const onDesk = matchMedia("(hover: hover) and (pointer: fine)").matches;

let talk = []; // {id, text, reply} or, while it could not be delivered, {id, text, failed}
let queue = Promise.resolve(); // one message at a time, in the order typed

const make = (name) => document.getElementById(name).content.firstElementChild.cloneNode(true);

function newId() {
  if (crypto.randomUUID) return crypto.randomUUID(); // only where the page came over https
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

// ---- showing

function add(element) {
  log.append(element);
  return element;
}

function showSaid(text) {
  const message = make("said-message");
  message.querySelector(".words").textContent = text;
  return add(message);
}

function showReply(reply) {
  const message = make("reply-message");
  message.append(...reply.blocks.map(block));
  add(message);
  if (reply.options.length) showOptions(reply.options);
  return message;
}

function block({ kind, text }) {
  const element = make(`${kind}-block`);
  const blank = element.querySelector("span");
  blank.replaceWith(
    ...text.split("\n").map((line) => {
      const shown = blank.cloneNode();
      shown.textContent = line;
      return shown;
    }),
  );
  return element;
}

function showOptions(texts) {
  const group = make("options");
  for (const text of texts) {
    const button = make("option-button");
    button.value = button.textContent = text;
    group.append(button);
  }
  add(group);
}

function showAgain(entry, message) {
  const button = make("again");
  button.addEventListener("click", () => {
    button.remove();
    delete entry.failed;
    send(entry, message);
  });
  message.after(button);
}

function dropOptions() {
  for (const group of log.querySelectorAll(".options")) group.remove();
}

// A long answer is read from its beginning: its question stays in sight above it.
function scrollTo(message, answer) {
  const room = log.clientHeight;
  const top = message.offsetTop - log.offsetTop - 12;
  log.scrollTop = answer && log.scrollHeight - top > room ? top : log.scrollHeight;
}

// ---- sending

async function post(entry) {
  const response = await fetch(composer.action, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ id: entry.id, text: entry.text }),
    signal: AbortSignal.timeout?.(PATIENCE), // older browsers wait as long as they like
  });
  const sent = await response.json();
  if (!response.ok && !sent.problem) throw new Error(`status ${response.status}`);
  return sent;
}

// The same id each time: the house takes a message once, however often it arrives.
async function deliver(entry) {
  for (const pause of RETRIES) {
    try {
      return await post(entry);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return post(entry);
}

function send(entry, message) {
  const waiting = add(make("waiting"));
  scrollTo(message);
  queue = queue.then(async () => {
    try {
      const sent = await deliver(entry);
      waiting.remove();
      if (sent.problem) {
        refuse(entry, message, sent.problem);
      } else {
        entry.reply = sent;
        if (sent.forgotten) forgetAllBut(entry, message);
        dropOptions();
        scrollTo(message, showReply(sent));
      }
    } catch {
      waiting.remove();
      entry.failed = true;
      showAgain(entry, message);
    }
    remember();
  });
}

function refuse(entry, message, why) {
  talk = talk.filter((one) => one !== entry);
  message.remove();
  field.value ||= entry.text;
  problem.textContent = composer.dataset[why === "too-long" ? "tooLong" : "unreadable"];
}

function say(text) {
  const entry = { id: newId(), text };
  talk.push(entry);
  problem.textContent = "";
  dropOptions();
  send(entry, showSaid(text));
}

// ---- a reload of the tab, or a return to it, finds the talk again

function remember() {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(talk.slice(-KEPT)));
  } catch {
    // A browser that keeps nothing: the talk is lost from the screen, not from the house.
  }
}

// The user had their information erased: it leaves the screen and this tab as well.
function forgetAllBut(entry, message) {
  talk = [entry];
  for (const old of log.querySelectorAll(".message:not(.greeting), .again")) {
    if (old !== message) old.remove();
  }
}

function recall() {
  try {
    talk = JSON.parse(sessionStorage.getItem(STORE)) ?? [];
  } catch {
    return;
  }
  log.setAttribute("aria-busy", "true"); // not to be read aloud once more
  for (const entry of talk) {
    dropOptions();
    const message = showSaid(entry.text);
    if (entry.reply) showReply(entry.reply);
    else showAgain(entry, message);
  }
  log.removeAttribute("aria-busy");
  if (talk.length) log.scrollTop = log.scrollHeight;
}

// ---- hands

composer.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text) return;
  field.value = "";
  fit();
  say(text);
});

document.addEventListener("click", (event) => {
  const option = event.target.closest("button[name=option]");
  if (!option) return;
  event.preventDefault();
  say(option.value);
  if (onDesk) field.focus();
  else log.focus(); // a tapped button is gone; and no keyboard should slide in
});

field.addEventListener("keydown", (event) => {
  const composing = event.isComposing || event.keyCode === 229; // Enter that picks a character
  if (event.key !== "Enter" || event.shiftKey || composing) return;
  event.preventDefault();
  sendButton.click();
});

// Where the style sheet's field-sizing is not known, the field grows by hand.
function fit() {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight + 2}px`;
}

field.addEventListener("input", fit);

recall();
if (onDesk) field.focus();
