// A request under way: a thin bar on top, and aria-busy on what will change. Nothing moves.
(() => {
  const root = document.documentElement;
  let running = 0;

  document.addEventListener("htmx:beforeRequest", (event) => {
    root.toggleAttribute("data-busy", ++running > 0);
    event.detail.target.setAttribute("aria-busy", "true");
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    running = Math.max(0, running - 1);
    root.toggleAttribute("data-busy", running > 0);
    event.detail.target.removeAttribute("aria-busy");
  });
})();
