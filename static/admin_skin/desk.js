// On every page of the admin: the menu on small screens, and lists in it that close by themselves.
// Not a module: the class has to be there before the page is drawn.

document.documentElement.classList.add("js");

addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector(".menu-button");
  if (button) {
    const menu = document.getElementById("menu");
    button.hidden = false;
    button.addEventListener("click", () => {
      const isOpen = menu.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(isOpen));
    });
  }

  // On a small screen the list comes first, and its filters are a touch away.
  const filters = document.querySelector(".filters");
  if (filters && matchMedia("(max-width: 64rem)").matches) filters.open = false;

  const open = () => document.querySelectorAll(".drop[open]");
  document.addEventListener("click", (event) => {
    for (const drop of open()) {
      if (!drop.contains(event.target)) drop.open = false;
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const drop of open()) {
      drop.open = false;
      drop.querySelector("summary").focus();
    }
  });
});
