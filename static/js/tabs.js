// The tab whose content arrived is the current one, for eyes and for screen readers.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { elt, successful } = detail;
  if (!successful || !elt.matches("[data-tab]")) return;
  for (const tab of document.querySelectorAll("[data-tab]")) tab.removeAttribute("aria-current");
  elt.setAttribute("aria-current", "page");
  document.getElementById("panel")?.scrollTo(0, 0);
});
