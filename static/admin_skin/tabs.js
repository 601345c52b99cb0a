// The parts of a form as tabs. Without script they are one long page, with links to its parts.
// The open tab is in the address, so that it is open again after a save and can be linked to; so is any field.

const list = document.querySelector(".tab-list");
const tabs = [...list.querySelectorAll("a")];
const panelOf = (tab) => document.getElementById(tab.hash.slice(1));
// In the address without "page-": the browser then finds nothing to scroll to, and what was said on top is seen.
const nameOf = (tab) => tab.hash.replace("#page-", "#");
const wide = matchMedia("(min-width: 64.01rem)");

list.setAttribute("role", "tablist");
for (const tab of tabs) {
  tab.setAttribute("role", "tab");
  tab.setAttribute("aria-controls", tab.hash.slice(1));
  panelOf(tab).setAttribute("role", "tabpanel");
}

function orient() {
  list.setAttribute("aria-orientation", wide.matches ? "vertical" : "horizontal");
}
wide.addEventListener("change", orient);
orient();

function show(chosen) {
  for (const tab of tabs) {
    const isChosen = tab === chosen;
    tab.setAttribute("aria-selected", String(isChosen));
    tab.tabIndex = isChosen ? 0 : -1;
    panelOf(tab).classList.toggle("is-shown", isChosen);
  }
  if (!wide.matches) {
    const middle = chosen.offsetLeft - (list.clientWidth - chosen.offsetWidth) / 2;
    list.scrollTo({ left: middle, behavior: "instant" });
  }
}

function choose(tab) {
  show(tab);
  history.replaceState(null, "", nameOf(tab));
  const panel = panelOf(tab);
  if (panel.getBoundingClientRect().top < 0) panel.scrollIntoView();
}

// Show what an address names: a tab, a row or a field.
function reveal(id, focus) {
  const target = id ? (document.getElementById(`page-${id}`) ?? document.getElementById(id)) : null;
  const panel = target?.closest(".tab-panel");
  if (!panel) return false;
  show(tabs.find((tab) => panelOf(tab) === panel));
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  const own = target.querySelector(":scope > details");
  if (own) own.open = true;
  if (target !== panel && focus) {
    const field = target.matches("input, select, textarea") ? target : target.querySelector("summary, input");
    const editor = field?.closest(".prose-editor")?.querySelector("[contenteditable]");
    (editor ?? field ?? target).focus({ preventScroll: true });
    target.closest(".field, .row")?.scrollIntoView({ block: "center" });
  }
  return true;
}

list.addEventListener("click", (event) => {
  const tab = event.target.closest("a");
  if (!tab) return;
  event.preventDefault();
  choose(tab);
});

list.addEventListener("keydown", (event) => {
  const here = tabs.indexOf(document.activeElement);
  const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: -1 }[
    event.key
  ];
  if (here < 0 || to === undefined) return;
  event.preventDefault();
  const tab = tabs.at(to % tabs.length);
  tab.focus();
  choose(tab);
});

addEventListener("hashchange", () => reveal(location.hash.slice(1), true));

// Links to a problem: followed again even when the address already names it.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".problems a");
  if (!link || link.pathname !== location.pathname || !link.hash) return;
  if (reveal(link.hash.slice(1), true)) event.preventDefault();
});

// How many rows a tab holds.
function count(panel) {
  const badge = list.querySelector(`[data-count="${panel.id}"]`);
  if (!badge) return;
  const number = panel.querySelectorAll(".row:not(.is-deleted, .is-spare)").length;
  badge.textContent = number;
  badge.dataset.number = number;
}
document.addEventListener("rows:changed", (event) => count(event.target.closest(".tab-panel")));
for (const tab of tabs) count(panelOf(tab));

const withErrors = tabs.find((tab) => tab.classList.contains("has-errors"));
if (withErrors) choose(withErrors);
else if (!reveal(location.hash.slice(1), true)) {
  show(tabs[0]);
  document.querySelector("form[data-new] .tab-panel input:not([type=hidden])")?.focus();
}
