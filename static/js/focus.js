// After a swap the focus is where it was, or on what replaced it; lists keep their place.
// A new search begins at the top of its list; everything else keeps the scroll.
(() => {
  let before = null;

  const note = ({ detail }) => {
    const { target } = detail;
    const active = document.activeElement;
    before = {
      id: target.id,
      focus: target.contains(active) ? active.id : null,
      inside: target.contains(active),
      isSearch: Boolean(detail.requestConfig?.elt?.closest?.("#search")),
      scrolls: [...target.querySelectorAll(".scroll[id], .panel[id]")].map((area) => [area.id, area.scrollTop, area.scrollLeft]),
    };
  };

  const restore = () => {
    if (!before) return;
    const { id, focus, inside, isSearch, scrolls } = before;
    before = null;
    if (!isSearch) {
      for (const [area, top, left] of scrolls) document.getElementById(area)?.scrollTo(left, top);
    }
    for (const row of document.querySelectorAll("[data-rows] .sel")) row.scrollIntoView({ block: "nearest" });
    if (!inside || document.activeElement !== document.body) return;
    const next = document.getElementById(focus) ?? document.getElementById(id);
    if (!next) return;
    if (next.tabIndex < 0 && !next.hasAttribute("tabindex")) next.tabIndex = -1;
    next.focus({ preventScroll: true });
  };

  document.addEventListener("htmx:beforeSwap", note);
  document.addEventListener("htmx:afterSettle", restore);
  document.addEventListener("DOMContentLoaded", () => {
    for (const row of document.querySelectorAll("[data-rows] .sel")) row.scrollIntoView({ block: "nearest" });
  });
})();
