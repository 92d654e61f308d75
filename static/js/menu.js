// A <details class="menu"> closes by Esc, by a click elsewhere and when its form is sent, and gives the focus back.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    const inside = menu.contains(document.activeElement);
    menu.open = false;
    if (inside) menu.querySelector("summary").focus();
    event.preventDefault();
  }
});
document.addEventListener("submit", (event) => {
  for (const menu of event.target.querySelectorAll("details.menu[open]")) menu.open = false;
});
