// Light, dark or as the system wishes. Loaded in the head without defer: the choice stands before the first paint.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const chosen = () => { try { return localStorage.getItem("theme") || "auto"; } catch { return "auto"; } };

  const apply = () => {
    const theme = chosen();
    root.dataset.bsTheme = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
    for (const button of document.querySelectorAll("[data-theme]")) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === theme));
    }
  };

  apply();
  dark.addEventListener("change", apply);
  const offer = () => {
    for (const box of document.querySelectorAll("[data-themes]")) box.hidden = false;
    apply();
  };
  document.addEventListener("DOMContentLoaded", offer);
  document.addEventListener("htmx:historyRestore", offer);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-theme]");
    if (!button) return;
    try { localStorage.setItem("theme", button.dataset.theme); } catch { /* a private window forgets, and that is fine */ }
    apply();
  });
})();
