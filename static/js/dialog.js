// What is swapped into #dialog is shown as a modal window; `dialog-close` from the server, × and Esc close it.
// Listeners sit on the document: going back in history replaces the whole body.
(() => {
  const host = () => document.getElementById("dialog");
  let opener = null;

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
    if (opener?.isConnected) opener.focus();
    opener = null;
  }, true);
})();
