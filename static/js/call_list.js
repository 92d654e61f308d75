// The call list by keys: ↑ ↓ from client to client, 1…5 what the call came to. Whoever is done
// leaves the list, and the focus is on whoever stands there now.
(() => {
  const rows = () => [...document.querySelectorAll("[data-call]")];
  const focus = (row) => row?.querySelector("a[href]")?.focus();
  let at = null;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (document.querySelector("dialog[open]") || event.target.matches("input, select, textarea")) return;
    const all = rows();
    const place = all.indexOf(event.target.closest("[data-call]"));
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (step && all.length) {
      event.preventDefault();
      return focus(all[Math.min(Math.max(place + step, 0), all.length - 1)]);
    }
    const digit = /^(?:Digit|Numpad)([1-5])$/.exec(event.code);
    if (!digit || place < 0) return;
    event.preventDefault();
    all[place].querySelector(`[data-outcome="${digit[1]}"]`)?.click();
  });

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id !== "calls") return;
    const place = rows().indexOf(document.activeElement.closest("[data-call]"));
    at = place < 0 ? null : { place, key: document.activeElement.closest("[data-call]").dataset.call };
  });
  document.addEventListener("htmx:afterSettle", () => {
    const was = at;
    at = null;
    if (!was || document.querySelector("dialog[open]")) return;
    const all = rows();
    const same = all.find((row) => row.dataset.call === was.key);
    if (!same || document.activeElement === document.body) focus(same ?? all[Math.min(was.place, all.length - 1)]);
  });
})();
