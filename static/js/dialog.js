// What is swapped into #dialog is shown as a modal window; `dialog-close` from the server, × and Esc close it.
// Listeners sit on the document: going back in history replaces the whole body.
(() => {
  const host = () => document.getElementById("dialog");
  let opener = null;

  // A link that says so opens there; without scripts, or in another tab, it is a page of its own.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-dialog]");
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    htmx.ajax("GET", link.getAttribute("href"), { source: link, target: "#dialog" });
  });
  document.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target === host() && !host().open) opener = document.activeElement;
  });
  document.addEventListener("htmx:afterSwap", ({ detail }) => {
    const dialog = host();
    if (detail.target !== dialog) return;
    if (!dialog.open) dialog.showModal();
    const first = dialog.querySelector("[aria-invalid=true], [autofocus]") ?? dialog.querySelector("input:not([type=hidden]), select, textarea");
    first?.focus();
  });
  document.addEventListener("dialog-close", () => host().close());
  document.addEventListener("click", (event) => {
    if (!event.target.closest("dialog [data-dialog-close]")) return;
    event.preventDefault();
    host().close();
  });
  document.addEventListener("close", (event) => {
    if (event.target !== host()) return;
    host().replaceChildren();
    // What stood around it may have been read anew meanwhile.
    (opener?.isConnected ? opener : document.getElementById(opener?.id ?? ""))?.focus();
    opener = null;
  }, true);
})();
