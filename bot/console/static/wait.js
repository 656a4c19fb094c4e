// A page on which something is being worked out looks again until it is done.

const EVERY = 2000;
const waiting = document.getElementById("waiting");
const path = waiting.dataset.path;

async function look() {
  try {
    const response = await fetch(path);
    if (response.redirected) return location.replace(path);
    if (!response.ok) throw new Error(String(response.status));
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const there = page.getElementById("waiting");
    if (!there || !("running" in there.dataset)) return location.replace(path);
    if (waiting.textContent.trim() !== there.textContent.trim()) {
      waiting.replaceChildren(...there.childNodes);
      const report = page.getElementById("report");
      document.getElementById("report").replaceChildren(...report.childNodes);
    }
  } catch {
    // The server may be away, or in trouble, for a moment.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
