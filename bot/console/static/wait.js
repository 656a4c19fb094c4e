// A page on which something is being worked out looks again until it is done.

const EVERY = 2000;

async function look() {
  try {
    const response = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!response.ok || response.redirected) return location.reload();
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const there = page.getElementById("waiting");
    if (!there || !("running" in there.dataset)) return location.reload();
    const here = document.getElementById("waiting");
    if (here.textContent.trim() !== there.textContent.trim()) {
      document.querySelector("main").replaceWith(page.querySelector("main"));
    }
  } catch {
    // The server may be away for a moment.
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
