// Marks in the table of contents the section that is being read. Without this script the contents work all the same.
(() => {
  const contents = document.querySelector(".toc");
  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }

  let current = null;
  const mark = (link) => {
    if (link === current) return;
    current?.removeAttribute("aria-current");
    current = link;
    current?.setAttribute("aria-current", "true");
    // On a narrow screen the contents are one line: bring the marked link into view there, without moving the page.
    const list = contents.querySelector("ol");
    if (current && list.scrollWidth > list.clientWidth) {
      list.scrollLeft = current.offsetLeft - list.querySelector("a").offsetLeft;
    }
  };

  // The section that is read is the last one whose top has passed the upper third of the window.
  const read = () => {
    let found = null;
    for (const [section, link] of links) {
      if (section.getBoundingClientRect().top > window.innerHeight / 3) break;
      found = link;
    }
    mark(found);
  };

  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      read();
    });
  }, { passive: true });
  read();
})();
