// The tab whose content arrived is the current one, for eyes and for screen readers.
// A tab that is there to be filled in hands the focus on to its first field.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const { elt, successful } = detail;
  if (!successful || !elt.matches("[data-tab]")) return;
  for (const tab of document.querySelectorAll("[data-tab]")) tab.removeAttribute("aria-current");
  elt.setAttribute("aria-current", "page");
  const panel = document.getElementById("panel");
  panel?.scrollTo(0, 0);
  if (document.activeElement === elt) panel?.querySelector("[data-first] :checked, [data-first] input")?.focus();
});
