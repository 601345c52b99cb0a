// Boxes for text with a little formatting become editors when they are first seen: a form with forty sections opens
// as fast as one with none.

const settings = JSON.parse(document.getElementById("editor-settings").textContent);
// What the editor knows. It would drop anything else, so text that holds more is shown as it is written.
const KNOWN = new Set(["P", "BR", "STRONG", "EM", "CODE", "A", "UL", "OL", "LI", "H3", "H4", "BLOCKQUOTE", "S", "SUB", "SUP"]);
const ATTRIBUTES = new Set(["href", "title", "rel", "start"]);

function isKnown(html) {
  const elements = [...new DOMParser().parseFromString(html, "text/html").body.querySelectorAll("*")];
  return elements.every(
    (element) => KNOWN.has(element.tagName) && [...element.attributes].every(({ name }) => ATTRIBUTES.has(name)),
  );
}

// The editor would write its styles into the page, which the policy of the site refuses. Ours are in form.css. It only
// tries where no element of this name is there already, whatever kind of element that is.
const claimed = document.createElementNS("urn:rolebook", "style");
claimed.setAttribute("data-tiptap-style", "");
document.head.append(claimed);

function explain(box) {
  const note = document.createElement("p");
  note.className = "help";
  note.textContent = "This text holds formatting that the editor does not offer, so it is shown as it is written.";
  box.classList.add("is-code");
  box.after(note);
}

async function start(box) {
  if (box.dataset.editor) return;
  box.dataset.editor = "yes";
  if (!isKnown(box.value)) {
    explain(box);
    return;
  }
  const { createEditor } = await import("django-prose-editor/configurable");
  await createEditor(box, settings);
  const text = box.closest(".prose-editor")?.querySelector("[contenteditable]");
  const label = document.querySelector(`label[for="${box.id}"]`);
  if (!text || !label) return;
  label.id ||= `${box.id}_label`;
  text.setAttribute("role", "textbox");
  text.setAttribute("aria-multiline", "true");
  text.setAttribute("aria-labelledby", label.id);
  const described = box.getAttribute("aria-describedby");
  if (described) text.setAttribute("aria-describedby", described);
  label.addEventListener("click", () => text.focus());
}

const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      start(target);
    }
  },
  { rootMargin: "200px" },
);

function watch(root) {
  for (const box of root.querySelectorAll("textarea.rich-text")) seen.observe(box);
}
watch(document);
document.addEventListener("rows:added", (event) => watch(event.target));
