// The screen, when something on it has changed, reads anew what the address says by now: a tab
// that was opened since has pushed its own. The filter of the feed is kept too.
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.elt.id !== "screen" || location.pathname !== "/") return;
  const query = new URLSearchParams(location.search);
  const filter = document.getElementById("feed-filter");
  for (const [name, value] of filter ? new FormData(filter) : []) query.set(name, value);
  detail.path = `/?${query}`;
});
