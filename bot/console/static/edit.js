// A file of a draft: line numbers, problems while one types, and the way to where they are.

const PAUSE = 600;

const form = document.getElementById("edit");
const text = document.getElementById("text");
const list = document.getElementById("problems");

// Line numbers

const gutter = document.createElement("pre");
gutter.className = "gutter";
gutter.setAttribute("aria-hidden", "true");
text.before(gutter);
let counted = 0;

function number() {
  const count = text.value.split("\n").length;
  if (count !== counted) {
    counted = count;
    gutter.textContent = Array.from({ length: count }, (_, n) => n + 1).join("\n");
  }
  gutter.scrollTop = text.scrollTop;
}

text.addEventListener("scroll", () => { gutter.scrollTop = text.scrollTop; });

// Where a problem is

function go(line, column) {
  const lines = text.value.split("\n");
  const before = lines.slice(0, line - 1);
  const start = before.reduce((sum, one) => sum + one.length + 1, 0);
  const length = (lines[line - 1] || "").length;
  text.focus();
  text.setSelectionRange(start + Math.min(column - 1, length), start + length);
  const height = text.scrollHeight / Math.max(lines.length, 1);
  text.scrollTop = Math.max(0, (line - 1) * height - text.clientHeight / 3);
}

list.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  event.preventDefault();
  go(Number(link.dataset.line), Number(link.dataset.column));
});

// Problems, as one types

function shown(problems) {
  if (!problems.length) {
    const none = document.createElement("p");
    none.className = "quiet";
    none.textContent = "这个文件单独看没有问题；与别的文件是否一致，检查草稿时再看。";
    return none;
  }
  const found = document.createElement("ul");
  found.className = "found";
  for (const one of problems) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = "#text";
    link.dataset.line = one.line;
    link.dataset.column = one.column;
    link.textContent = `第${one.line}行第${one.column}列`;
    item.append(link, ` ${one.field ? `${one.field}：` : ""}${one.what}`);
    found.append(item);
  }
  return found;
}

let waiting = 0;
let asked = 0;

async function check() {
  const mine = ++asked;
  const fields = new FormData();
  for (const name of ["proof", "name", "text"]) fields.set(name, form.elements[name].value);
  try {
    const response = await fetch(form.dataset.check, { method: "POST", body: fields });
    if (!response.ok || response.redirected) return;
    const { problems } = await response.json();
    if (mine === asked) list.replaceChildren(shown(problems));
  } catch {
    // Without a server nothing is said; saving says it.
  }
}

const opened = text.value;
let sent = false;

text.addEventListener("input", () => {
  number();
  clearTimeout(waiting);
  waiting = setTimeout(check, PAUSE);
});

// Nothing typed is left behind unnoticed.

form.addEventListener("submit", () => { sent = true; });
window.addEventListener("beforeunload", (event) => {
  if (!sent && text.value !== opened) event.preventDefault();
});

number();
const place = /^#L(\d+):(\d+)$/.exec(location.hash);
if (place) go(Number(place[1]), Number(place[2]));
