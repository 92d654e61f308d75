// A click anywhere in a row of the search lists opens its link, into #screen, with the link's address.
// The row's markup stays a plain link: fifty rows need not repeat five attributes each.
document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-rows] tbody tr");
  if (!row || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  const link = row.querySelector("td:first-child a[href]");
  const touched = event.target.closest("a, button, input, label, summary");
  if (!link || (touched && touched !== link) || (!touched && String(getSelection()))) return;
  event.preventDefault();
  link.focus();
  const address = link.getAttribute("href");
  htmx.ajax("GET", address, { source: link, target: "#screen", swap: "outerHTML", push: address });
});
