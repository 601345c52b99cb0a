// Whether there is something to save, said in the bar, and asked before the page is left.

const form = document.querySelector("form.profile");
const state = form.querySelector(".save-state");
const draft = form.querySelector("[name=_continue]");
let isChanged = Boolean(document.querySelector("#errors, #stale"));

function tell() {
  if (state && draft) state.textContent = isChanged ? "Not saved yet" : "";
}

function changed(event) {
  if (isChanged || event.target.closest(".rows-filter, .row-menu")) return;
  isChanged = true;
  tell();
}

form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", (event) => {
  isChanged = false;
  // The tab travels with the form, and is open again when it comes back.
  form.action = location.pathname + location.search + location.hash;
  const button = event.submitter;
  if (button) setTimeout(() => (button.disabled = true));
});
addEventListener("beforeunload", (event) => {
  if (isChanged && draft) event.preventDefault();
});
// Back from another page with the browser's button: what was pressed then can be pressed again.
addEventListener("pageshow", () => {
  for (const button of form.querySelectorAll(".save-bar button")) button.disabled = false;
});
addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && event.key === "s" && draft) {
    event.preventDefault();
    form.requestSubmit(draft);
  }
});
tell();
