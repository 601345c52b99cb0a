// One record chosen by typing a part of its name: a list of suggestions below a text box (the ARIA combobox pattern).
// The select stays in the form and holds what was chosen.

const WAIT = 150;
let number = 0;

function make(tag, properties = {}, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

class Choose {
  constructor(select) {
    this.select = select;
    this.suggestions = [];
    this.active = -1;
    this.build();
    this.show();
    this.listen();
  }

  build() {
    const { select } = this;
    this.listId = `choose-${(number += 1)}`;
    this.input = make("input", { type: "text", id: select.id, autocomplete: "off", spellcheck: false });
    this.input.placeholder = `Type to find a ${select.dataset.kind}`;
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-expanded": "false",
      "aria-autocomplete": "list",
      "aria-controls": this.listId,
      "aria-describedby": select.getAttribute("aria-describedby"),
      "aria-invalid": select.getAttribute("aria-invalid"),
    })) {
      if (value) this.input.setAttribute(name, value);
    }
    this.clear = make("button", { type: "button", className: "icon-button clear", title: "Take it out" });
    this.clear.setAttribute("aria-label", `Take out the ${select.dataset.kind}`);
    this.clear.innerHTML = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></svg>';
    this.list = make("ul", { className: "choose-list", id: this.listId, role: "listbox", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", `Suggestions for ${select.dataset.kind}`);
    select.removeAttribute("id");
    select.hidden = true;
    const box = make("div", { className: "choose" });
    select.before(box);
    box.append(select, this.input, this.clear, this.list);
  }

  listen() {
    const { input, list } = this;
    input.addEventListener("focus", () => input.select());
    input.addEventListener("input", (event) => {
      // Typing is not yet choosing: the form hears of it when something is chosen.
      event.stopPropagation();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.find(), WAIT);
    });
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("click", () => list.hidden && this.find());
    input.addEventListener("blur", () => setTimeout(() => this.leave(), 120));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.index));
    });
    this.clear.addEventListener("click", () => {
      this.set("", "");
      input.focus();
    });
  }

  show() {
    const chosen = this.select.value ? this.select.selectedOptions[0].textContent : "";
    this.input.value = chosen;
    this.clear.hidden = !chosen;
  }

  async find() {
    const { select, input } = this;
    const typed = input.value.trim();
    const isChosen = select.value && typed === select.selectedOptions[0].textContent;
    const query = new URLSearchParams({
      term: isChosen ? "" : typed,
      app_label: select.dataset.app,
      model_name: select.dataset.model,
      field_name: select.dataset.field,
    });
    this.asked = query.get("term");
    let found = [];
    let problem = "";
    try {
      const response = await fetch(`${select.dataset.find}?${query}`);
      if (response.ok) found = (await response.json()).results;
      else if (response.status === 403) problem = "You may not see what there is to choose from. Ask for the right to.";
      else throw new Error(response.statusText);
    } catch {
      problem = "The suggestions cannot be reached. Are you still signed in?";
    }
    // An answer that comes late belongs to what was typed before.
    if (this.asked !== query.get("term") || document.activeElement !== input) return;
    this.suggestions = found;
    if (select.dataset.create && typed && !isChosen && !found.some((one) => same(one.text, typed))) {
      this.suggestions = [...found, { create: typed }];
    }
    this.draw(problem || (found.length ? "" : "Nothing of that name is in the library."));
  }

  draw(says) {
    const lines = this.suggestions.map((one, index) => {
      const line = make("li", { id: `${this.listId}-${index}` });
      line.setAttribute("role", "option");
      line.dataset.index = index;
      if (one.create) {
        line.append(make("span", { className: "create", textContent: `Create “${one.create}” …` }));
      } else {
        line.append(make("span", { textContent: one.text }));
        if (one.detail) line.append(make("span", { className: "detail", textContent: one.detail }));
      }
      return line;
    });
    if (says) {
      const line = make("li", { className: "says", textContent: says });
      line.setAttribute("role", "presentation");
      lines.unshift(line);
    }
    this.list.replaceChildren(...lines);
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.point(this.suggestions.length && this.input.value.trim() ? 0 : -1);
  }

  point(index) {
    this.active = index;
    for (const option of this.list.querySelectorAll("[role=option]")) {
      const isActive = Number(option.dataset.index) === index;
      option.setAttribute("aria-selected", String(isActive));
      if (isActive) option.scrollIntoView({ block: "nearest" });
    }
    if (index >= 0) this.input.setAttribute("aria-activedescendant", `${this.listId}-${index}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.active = -1;
  }

  key(event) {
    const last = this.suggestions.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) this.find();
      else if (event.key === "ArrowDown") this.point(this.active >= last ? 0 : this.active + 1);
      else this.point(this.active <= 0 ? last : this.active - 1);
    } else if (event.key === "Enter") {
      // Never the form's own Enter: that would save in the middle of choosing.
      event.preventDefault();
      if (!this.list.hidden && this.active >= 0) this.take(this.active);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
      this.show();
    }
  }

  take(index) {
    const one = this.suggestions[index];
    this.close();
    if (one.create) createInPlace(this, one.create);
    else this.set(one.id, one.text);
  }

  set(id, text) {
    if (id) {
      let option = [...this.select.options].find((other) => other.value === String(id));
      if (!option) {
        option = make("option", { value: id, textContent: text });
        this.select.append(option);
      }
    }
    this.select.value = id;
    this.show();
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // Somebody typed and went on without choosing.
  leave() {
    if (document.activeElement === this.input) return;
    clearTimeout(this.timer);
    const typed = this.input.value.trim();
    const exact = this.suggestions.find((one) => one.text && same(one.text, typed));
    this.close();
    if (!typed && this.select.value) this.set("", "");
    else if (exact && exact.id !== this.select.value) this.set(exact.id, exact.text);
    else this.show();
  }
}

function same(one, other) {
  return one.toLowerCase() === other.toLowerCase();
}

// A new skill, made without leaving the form

const TYPES = {
  skill: "Skill",
  knowledge: "Knowledge",
  ability: "Ability",
  technology: "Technology",
  tool: "Tool or equipment",
  certificate: "Certificate or licence",
  transversal: "Transversal skill",
};

function createInPlace(choose, typed) {
  const { select } = choose;
  const label = field("new-label", "Name", make("input", { type: "text", value: typed, maxLength: 200 }));
  const kind = make("select", {}, ...Object.entries(TYPES).map(([value, text]) => new Option(text, value)));
  kind.value = select.dataset.model === "roletool" ? "technology" : "skill";
  const type = field("new-type", "Kind", kind);
  const description = field("new-description", "Description", make("textarea", { rows: 3 }));
  description.append(make("p", { className: "help", textContent: "What it is, in a sentence or two. Readers see it." }));
  const dialog = make("dialog", { className: "sheet" });
  const form = make("form");
  const buttons = make(
    "div",
    { className: "buttons" },
    make("button", { type: "submit", className: "button primary", textContent: "Create and choose it" }),
    make("button", { type: "button", className: "button quiet", textContent: "Cancel", onclick: () => dialog.close() }),
  );
  form.append(make("h2", { textContent: "New in the library" }), label, type, description, buttons);
  dialog.append(form);
  dialog.addEventListener("close", () => {
    dialog.remove();
    choose.show();
    choose.input.focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const data = new FormData();
    data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    data.set("label", label.querySelector("input").value);
    data.set("type", kind.value);
    data.set("description", description.querySelector("textarea").value);
    const problems = await send(select.dataset.create, data, (made) => {
      choose.set(made.id, made.text);
      dialog.close();
    });
    tellProblems({ label, type, description }, form, problems);
  });
  document.body.append(dialog);
  dialog.showModal();
}

function field(id, text, control) {
  control.id = id;
  return make("div", { className: "field" }, make("label", { htmlFor: id, textContent: text }), control);
}

async function send(url, data, done) {
  try {
    const response = await fetch(url, { method: "POST", body: data });
    if (response.ok) {
      done(await response.json());
      return {};
    }
    if (response.status === 400) return (await response.json()).errors;
    if (response.status === 403) return { __all__: ["You may not add to the library. Ask somebody who may."] };
  } catch {
    // Told below.
  }
  return { __all__: ["It could not be saved. Are you still signed in?"] };
}

function tellProblems(fields, form, problems) {
  for (const list of form.querySelectorAll(".errorlist")) list.remove();
  for (const [name, messages] of Object.entries(problems)) {
    const list = make("ul", { className: "errorlist" }, ...messages.map((text) => make("li", { textContent: text })));
    const control = fields[name]?.querySelector("input, select, textarea");
    if (control) control.before(list);
    else form.querySelector("h2").after(list);
    control?.focus();
  }
}

function equip(root) {
  for (const select of root.querySelectorAll("select[data-find]")) new Choose(select);
}
equip(document);
document.addEventListener("rows:added", (event) => equip(event.target));
