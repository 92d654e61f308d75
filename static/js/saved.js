// The panel follows the search: a search can be saved as soon as something is asked, and is marked where it is saved.
document.addEventListener("htmx:afterSettle", () => {
  const search = document.getElementById("results")?.dataset.search;
  const save = document.querySelector("[data-save]");
  if (!save || search === undefined) return;
  save.hidden = search === "/";
  save.querySelector("[name=query]").value = search;
  for (const link of document.querySelectorAll(".pinned a")) {
    if (link.getAttribute("href") === search) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
});
