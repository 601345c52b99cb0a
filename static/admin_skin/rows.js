// Rows of a form: added, put in order, taken out, and summed up in one line each.
// Dragging is done by django-admin-sortable2; what it can do, the buttons can do as well.

const ICONS = {
  up: "M12 19V5M6 11l6-6 6 6",
  down: "M12 5v14M6 13l6 6 6-6",
  more: "M5 12h.01M12 12h.01M19 12h.01",
};
const STEP = 10;
const sets = new Map();

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

function iconButton(name, label, extra = {}) {
  const button = make("button", { type: "button", className: `icon-button ${extra.className ?? ""}`, title: label });
  button.setAttribute("aria-label", label);
  button.dataset.do = name;
  button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${ICONS[name]}"/></svg>`;
  if (name === "more") button.firstChild.style.strokeWidth = "3";
  return button;
}

const news = make("div", { className: "visually-hidden" });
news.setAttribute("aria-live", "polite");
document.body.append(news);

function textOf(html) {
  if (!html.includes("<") && !html.includes("&")) return html;
  return new DOMParser().parseFromString(html.replace(/<\/(p|li|h3|h4)>/g, "$& "), "text/html").body.textContent;
}

class Rows {
  constructor(set) {
    this.set = set;
    this.prefix = set.dataset.prefix;
    this.total = set.querySelector(`[name="${this.prefix}-TOTAL_FORMS"]`);
    this.template = document.getElementById(`${this.prefix}-template`);
    this.empty = set.querySelector(".rows-empty");
    for (const spare of set.querySelectorAll(".row.is-spare")) {
      spare.remove();
      this.total.value -= 1;
    }
    this.buildTools();
    this.rows.forEach((row) => this.equip(row));
    this.listen();
    this.renumber();
  }

  get rows() {
    return [...this.set.querySelectorAll(":scope > .row")];
  }

  get kept() {
    return this.rows.filter((row) => !row.classList.contains("is-deleted"));
  }

  field(row, name) {
    return row.querySelector(`[name="${row.id}-${name}"]`);
  }

  // What the page around the rows needs

  buildTools() {
    this.tools = make("div", { className: "rows-tools buttons" });
    this.set.querySelector(".rows-head").append(this.tools);
    if (!this.set.classList.contains("rows--compact")) {
      this.fold = make("button", { type: "button", className: "link-button", textContent: "Open all" });
      this.fold.addEventListener("click", () => this.openAll());
      this.tools.append(this.fold);
    }
    const one = this.set.dataset.one;
    const add = make("button", { type: "button", className: "button add", textContent: `Add ${one}` });
    add.addEventListener("click", () => this.focusNew(this.add()));
    const foot = make("div", { className: "rows-foot" }, add);
    if (this.set.dataset.bulk) {
      const several = make("button", { type: "button", className: "button quiet", textContent: "Add several …" });
      several.addEventListener("click", () => this.askForSeveral());
      foot.append(several);
    }
    this.set.append(foot);
  }

  openAll() {
    const all = [...this.set.querySelectorAll(":scope > .row > .row-details")];
    const open = !all.some((details) => details.open);
    for (const details of all) details.open = open;
  }

  equip(row) {
    const handle = row.querySelector(".row-handle");
    handle.append(make("span", { className: "grip" }), make("span", { className: "row-number" }));
    handle.title = "Drag to move";
    row.querySelector(".row-tools").append(
      iconButton("up", "Move up", { className: "move" }),
      iconButton("down", "Move down", { className: "move" }),
      iconButton("more", "Move to a position, or delete"),
    );
    if (row.classList.contains("is-deleted")) this.markDeleted(row, true);
    this.showKind(row);
  }

  listen() {
    this.set.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (!button) return;
      const row = button.closest(".row");
      if (button.dataset.do === "up") this.move(row, -1);
      else if (button.dataset.do === "down") this.move(row, 1);
      else if (button.dataset.do === "undo") this.markDeleted(row, false);
      else openMenu(this, row, button);
      // At the end of the way the button that led there is out of use.
      (button.disabled || !button.isConnected ? row.querySelector('[data-do="more"]') : button).focus();
    });
    this.set.addEventListener("input", (event) => this.touched(event.target));
    this.set.addEventListener("change", (event) => this.touched(event.target));
    this.set.addEventListener("toggle", () => this.nameFold(), true);
    // Sent by the script that drags, once the row lies where it was dropped.
    this.set.addEventListener("end", (event) => {
      if (event.item) setTimeout(() => this.ordered(event.item));
    });
  }

  touched(field) {
    const row = field.closest(".row");
    if (!row) return;
    this.sumUp(row);
    if (field.name === `${row.id}-kind`) this.showKind(row);
    if (field.name === `${row.id}-parent`) {
      row.classList.toggle("is-nested", field.value !== "");
      this.ordered(row);
    }
    this.tell();
  }

  nameFold() {
    if (!this.fold) return;
    const some = this.set.querySelector(":scope > .row > .row-details[open]");
    this.fold.textContent = some ? "Close all" : "Open all";
  }

  // Summing up

  valueOf(row, name) {
    const field = this.field(row, name);
    if (!field) return "";
    if (field instanceof HTMLSelectElement) return field.value ? field.selectedOptions[0].textContent : "";
    return textOf(field.value).replace(/\s+/g, " ").trim();
  }

  titleOf(row) {
    for (const names of this.set.dataset.titles.split(" ")) {
      const parts = names.split("+").map((name) => this.valueOf(row, name)).filter(Boolean);
      if (parts.length) return parts.join(" ");
    }
    return "";
  }

  sumUp(row) {
    const title = row.querySelector(".row-title");
    if (!title) return;
    const text = this.titleOf(row);
    title.textContent = text.slice(0, 140) || "Not filled in yet";
    title.classList.toggle("is-empty", !text);
    const labels = this.set.dataset.chips.split(" ").map((name) => name && this.valueOf(row, name)).filter(Boolean);
    row
      .querySelector(".row-chips")
      .replaceChildren(...labels.map((label) => make("span", { className: "chip", textContent: label })));
  }

  // Fields that only one kind of row needs; what is filled in already is always shown.
  showKind(row) {
    const kind = this.field(row, "kind")?.value;
    for (const group of row.querySelectorAll('[class*="when-kind-"]')) {
      const isFilled = [...group.querySelectorAll("input, textarea")].some((field) => field.value.trim());
      group.hidden = !isFilled && !group.classList.contains(`when-kind-${kind}`);
    }
    const figures = row.querySelector(".own-figures");
    if (figures) {
      const amounts = [...figures.querySelectorAll('input[type="number"]')];
      figures.hidden = Boolean(this.field(row, "band")?.value) && !amounts.some((amount) => amount.value);
    }
  }

  // Adding

  add(value = "") {
    const index = Number(this.total.value);
    const html = this.template.innerHTML.replaceAll("__prefix__", index);
    const row = make("div", { innerHTML: html }).querySelector(".row");
    this.total.value = index + 1;
    (this.rows.at(-1) ?? this.set.querySelector(".rows-head")).after(row);
    if (!this.rows.includes(row)) this.set.insertBefore(row, this.empty);
    this.equip(row);
    this.place(row);
    if (value) this.field(row, this.set.dataset.bulk).value = value;
    this.sumUp(row);
    this.renumber();
    row.dispatchEvent(new CustomEvent("rows:added", { bubbles: true }));
    return row;
  }

  // A new row stands where the one before it does, or under the first heading of its kind.
  place(row) {
    const section = this.field(row, "section");
    if (!section) return;
    fillChoices(row);
    const shown = this.filter?.value;
    const before = this.kept.filter((other) => other !== row).at(-1);
    const kinds = this.set.dataset.kinds.split(" ");
    const sections = sets.get("sections");
    const fitting = sections?.kept.find((other) => kinds.includes(sections.field(other, "kind").value));
    section.value =
      (shown && shown !== "all" ? shown : "") ||
      (before ? this.field(before, "section").value : "") ||
      (fitting ? sections.keyOf(fitting) : "");
    const group = this.field(row, "group");
    if (group && before && this.field(before, "section").value === section.value) {
      group.value = this.field(before, "group").value;
    }
  }

  focusNew(row) {
    const details = row.querySelector(".row-details");
    if (details) details.open = true;
    row.querySelector(".row-body").querySelector('input:not([type="hidden"]), textarea, select:not([hidden])')?.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  askForSeveral() {
    const box = make("textarea", { rows: 8, id: "several" });
    const label = make("label", { htmlFor: "several", textContent: `One ${this.set.dataset.one} per line` });
    ask(`Add several ${this.set.dataset.many}`, "Add them", [make("div", { className: "field" }, label, box)], () => {
      const lines = box.value.split("\n").map((line) => line.replace(/^\s*[-•*·]\s+/, "").trim());
      const added = lines.filter(Boolean).map((line) => this.add(line));
      added[0]?.scrollIntoView({ block: "nearest" });
      news.textContent = `${added.length} added`;
    });
  }

  // Order

  // A section with the sub-sections that move with it.
  block(row) {
    const found = [row];
    if (row.classList.contains("is-nested")) return found;
    for (let next = row.nextElementSibling; next?.classList.contains("is-nested"); next = next.nextElementSibling) {
      found.push(next);
    }
    return found;
  }

  // The rows among which a row can move: those that are shown, and lie on the same level.
  peers(row) {
    const level = this.level(row);
    return this.kept.filter((other) => !other.classList.contains("is-filtered") && this.level(other) === level);
  }

  level(row) {
    return row.classList.contains("is-nested") ? this.field(row, "parent").value : "";
  }

  move(row, by) {
    const peers = this.peers(row);
    this.moveTo(row, peers.indexOf(row) + by);
  }

  moveTo(row, index) {
    const peers = this.peers(row);
    const from = peers.indexOf(row);
    const to = Math.max(0, Math.min(peers.length - 1, index));
    if (from === to) return;
    const moving = this.block(row);
    const other = peers[to];
    if (to < from) other.before(...moving);
    else this.block(other).at(-1).after(...moving);
    this.ordered(row);
    row.scrollIntoView({ block: "nearest" });
    news.textContent = `Moved to position ${to + 1} of ${peers.length}`;
  }

  ordered(row) {
    this.regroup();
    this.renumber();
    row.classList.remove("is-moved");
    requestAnimationFrame(() => row.classList.add("is-moved"));
    this.set.dispatchEvent(new Event("input", { bubbles: true }));
  }

  keyOf(row) {
    return this.field(row, "id")?.value || row.id;
  }

  // Sub-sections follow the section they are part of, wherever they were dropped.
  regroup() {
    const rows = this.rows;
    const last = new Map();
    for (const row of rows.filter((other) => other.classList.contains("is-nested"))) {
      const key = this.field(row, "parent").value;
      const parent = rows.find((other) => this.keyOf(other) === key);
      if (!parent) continue;
      (last.get(parent) ?? parent).after(row);
      last.set(parent, row);
    }
  }

  renumber() {
    const kept = this.kept;
    const ends = new Map();
    kept.forEach((row, index) => {
      row.querySelector("._reorder_").value = (index + 1) * STEP;
      row.querySelector(".row-number").textContent = index + 1;
      row.querySelector(".row-handle .visually-hidden").textContent = `${this.set.dataset.one} ${index + 1}`;
      if (row.classList.contains("is-filtered")) return;
      const [first] = ends.get(this.level(row)) ?? [row];
      ends.set(this.level(row), [first, row]);
    });
    for (const row of kept) {
      const [first, last] = ends.get(this.level(row)) ?? [];
      row.querySelector('[data-do="up"]').disabled = first === row;
      row.querySelector('[data-do="down"]').disabled = last === row;
    }
    this.empty.hidden = this.rows.length > 0;
    if (this.fold) this.fold.hidden = this.rows.length < 2;
    this.tell();
  }

  tell() {
    this.set.dispatchEvent(new CustomEvent("rows:changed", { bubbles: true }));
  }

  // Taking out

  markDeleted(row, isDeleted) {
    row.querySelector('[name$="-DELETE"]').checked = isDeleted;
    row.classList.toggle("is-deleted", isDeleted);
    row.querySelector(".row-gone")?.remove();
    if (isDeleted) {
      const undo = make("button", { type: "button", className: "link-button", textContent: "Keep it" });
      undo.dataset.do = "undo";
      const text =
        this.prefix === "sections"
          ? "Goes when you save. What stands under it stays, at the end of the page."
          : "Goes when you save.";
      row.append(make("p", { className: "row-gone" }, text, undo));
      row.querySelector(".row-details")?.removeAttribute("open");
    }
    this.renumber();
    this.set.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// The small menu of one row

const menu = make("div", { className: "row-menu", popover: "auto" });
document.body.append(menu);

function openMenu(rows, row, button) {
  const peers = rows.peers(row);
  const item = (label, action, className = "") => {
    const choice = make("button", { type: "button", className: `item ${className}`, textContent: label });
    choice.addEventListener("click", () => {
      menu.hidePopover();
      action();
      (row.isConnected ? row.querySelector('[data-do="more"], [data-do="undo"]') : null)?.focus();
    });
    return choice;
  };
  const here = peers.indexOf(row);
  const to = make("input", { type: "number", min: 1, max: peers.length, value: here + 1, id: "row-menu-to" });
  const go = () => {
    menu.hidePopover();
    rows.moveTo(row, Number(to.value) - 1);
    button.focus();
  };
  to.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    go();
  });
  const move = make("button", { type: "button", className: "link-button", textContent: "Move" });
  move.addEventListener("click", go);
  menu.replaceChildren(
    item("Move up", () => rows.moveTo(row, here - 1)),
    item("Move down", () => rows.moveTo(row, here + 1)),
    item("Move to the top", () => rows.moveTo(row, 0)),
    item("Move to the end", () => rows.moveTo(row, peers.length - 1)),
    make(
      "div",
      { className: "row-menu-position" },
      make("label", { htmlFor: "row-menu-to", textContent: "To position" }),
      to,
      move,
    ),
    item("Delete", () => rows.markDeleted(row, true), "item--delete"),
  );
  menu.showPopover();
  const at = button.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  menu.style.left = `${Math.max(8, at.right - width)}px`;
  menu.style.top = `${at.bottom + height > innerHeight ? Math.max(8, at.top - height) : at.bottom}px`;
  setTimeout(() => menu.querySelector("button").focus());
}

addEventListener("scroll", () => menu.matches(":popover-open") && menu.hidePopover(), { passive: true });

// Asking for something in a box of its own

function ask(title, confirm, content, done) {
  const dialog = make("dialog", { className: "sheet" });
  const form = make("form", { method: "dialog" });
  const buttons = make(
    "div",
    { className: "buttons" },
    make("button", { type: "submit", className: "button primary", textContent: confirm }),
    make("button", { type: "button", className: "button quiet", textContent: "Cancel", onclick: () => dialog.close() }),
  );
  form.append(make("h2", { textContent: title }), ...content, buttons);
  form.addEventListener("submit", done);
  dialog.append(form);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  content[0].querySelector("textarea, input")?.focus();
}

// Rows that other rows can name

function choicesAmong(name, isParent, own) {
  const rows = sets.get(name);
  return rows.kept
    .filter((row) => row !== own && !(isParent && row.classList.contains("is-nested")))
    .map((row) => [rows.keyOf(row), rows.titleOf(row) || "Not filled in yet"]);
}

function fillChoices(root) {
  for (const select of root.querySelectorAll("select[data-rows-of]")) {
    if (!sets.has(select.dataset.rowsOf)) continue;
    const choices = choicesAmong(select.dataset.rowsOf, select.name.endsWith("-parent"), select.closest(".row"));
    const now = JSON.stringify(choices);
    if (select.dataset.choices === now) continue;
    select.dataset.choices = now;
    const chosen = select.value;
    const options = choices.map(([key, text]) => make("option", { value: key, textContent: text.slice(0, 90) }));
    select.replaceChildren(select.options[0], ...options);
    select.value = chosen;
    if (select.value !== chosen) select.value = "";
  }
}

// A list of rows can be narrowed down to those of one section.
function offerFilter(rows) {
  const used = rows.kept.map((row) => rows.field(row, "section")).filter(Boolean);
  const sections = [...new Map(used.filter((field) => field.value).map((field) => [field.value, field])).values()];
  if (!rows.filter) {
    if (rows.rows.length < 8 || sections.length < 2) return;
    rows.filter = make("select");
    rows.filter.addEventListener("change", () => applyFilter(rows));
    rows.tools.prepend(make("label", { className: "rows-filter" }, "Show", rows.filter));
  }
  const chosen = rows.filter.value || "all";
  rows.filter.replaceChildren(
    make("option", { value: "all", textContent: "all sections" }),
    ...sections.map((field) =>
      make("option", { value: field.value, textContent: field.selectedOptions[0].textContent.slice(0, 60) }),
    ),
  );
  rows.filter.value = chosen;
  if (rows.filter.value !== chosen) rows.filter.value = "all";
}

function applyFilter(rows) {
  const chosen = rows.filter.value;
  for (const row of rows.rows) {
    row.classList.toggle("is-filtered", chosen !== "all" && rows.field(row, "section").value !== chosen);
  }
  rows.renumber();
}

for (const set of document.querySelectorAll("fieldset.rows.sortable")) sets.set(set.dataset.prefix, new Rows(set));
for (const rows of sets.values()) offerFilter(rows);

document.addEventListener("toggle", (event) => event.target.open && fillChoices(event.target), true);
document.addEventListener("rows:changed", (event) => {
  const rows = sets.get(event.target.dataset.prefix);
  if (rows) offerFilter(rows);
  for (const details of document.querySelectorAll(".tab-panel.is-shown .row-details[open]")) fillChoices(details);
});
document.querySelector(".tab-list")?.addEventListener("click", () => {
  for (const details of document.querySelectorAll(".tab-panel.is-shown .row-details[open]")) fillChoices(details);
});
