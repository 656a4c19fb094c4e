// Uploading and looking over notices: all of it works without this, too.

const form = document.querySelector("form[data-most]");
if (form) {
  const files = form.querySelector("input[type=file]");
  const problem = document.getElementById("chosen");
  const isTooMuch = () => {
    const size = [...files.files].reduce((sum, file) => sum + file.size, 0);
    problem.hidden = size <= Number(form.dataset.most);
    return !problem.hidden;
  };
  files.addEventListener("change", isTooMuch);
  form.addEventListener("submit", (event) => {
    if (isTooMuch()) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    const button = form.querySelector("button");
    button.textContent = button.dataset.busy;
  });
}

// A link to a value that lies folded away opens what it lies in.
const unfold = () => {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target instanceof HTMLDetailsElement) target.open = true;
};
window.addEventListener("hashchange", unfold);
unfold();

// On a desk the text has a place of its own beside the values: only that is scrolled.
const pane = document.querySelector(".source");
for (const link of document.querySelectorAll("a.at")) {
  link.addEventListener("click", (event) => {
    const mark = document.getElementById(link.hash.slice(1));
    if (!mark || getComputedStyle(pane).position !== "sticky") return;
    event.preventDefault();
    for (const other of pane.querySelectorAll(".pointed")) other.classList.remove("pointed");
    mark.classList.add("pointed");
    const above = mark.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    pane.scrollTo({ top: pane.scrollTop + above - pane.clientHeight / 3 });
  });
}

// A click on a value of the text leads to where it is put right.
for (const mark of document.querySelectorAll("mark[data-card]")) {
  mark.addEventListener("click", (event) => {
    event.stopPropagation();
    location.hash = mark.dataset.card;
    unfold();
  });
}
