// Opens the filters where there is room for them beside the list. Without this script they open by a click.
if (matchMedia("(min-width: 60rem)").matches) {
  for (const filter of document.querySelectorAll(".filters details")) filter.open = true;
}
