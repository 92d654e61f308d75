// Short messages: those the server announces (`toast`), and what went wrong on the way to it, with «try again».
// The words come from data attributes of #toasts, so that they are translated with the page.
(() => {
  // Asked for anew each time: going back in history replaces the whole body.
  const host = () => document.getElementById("toasts");
  const word = (name) => host().dataset[name];

  const button = (className, text, act) => {
    const element = Object.assign(document.createElement("button"), { type: "button", className, textContent: text });
    element.addEventListener("click", act);
    return element;
  };

  const show = (text, { fail = false, retry = null } = {}) => {
    if (!text) return;
    for (const old of host().children) if (old.querySelector("p").textContent === text) old.remove();
    const toast = document.createElement("div");
    if (fail) toast.className = "fail";
    toast.append(Object.assign(document.createElement("p"), { textContent: text }));
    if (retry) toast.append(button("btn btn-small", word("retry"), () => { toast.remove(); retry(); }));
    const close = button("act", "×", () => toast.remove());
    close.setAttribute("aria-label", word("close"));
    toast.append(close);
    host().append(toast);
    if (!fail) setTimeout(() => toast.remove(), 4000);
  };

  // The same request once more. A form sends itself again, so that nothing typed is lost.
  const again = ({ elt, target, requestConfig, pathInfo }) => () => {
    if (requestConfig.verb !== "get") return elt.requestSubmit?.();
    htmx.ajax("GET", pathInfo.finalRequestPath, { source: elt, target });
  };

  document.addEventListener("toast", ({ detail }) => show(detail.text ?? detail.value, { fail: detail.tone === "fail" }));
  document.addEventListener("htmx:sendError", ({ detail }) => show(word("lost"), { fail: true, retry: again(detail) }));
  document.addEventListener("htmx:timeout", ({ detail }) => show(word("lost"), { fail: true, retry: again(detail) }));
  document.addEventListener("htmx:responseError", ({ detail }) => {
    const { status } = detail.xhr;
    if (status === 403) show(word("forbidden"), { fail: true });
    else if (status === 404) show(word("missing"), { fail: true });
    else show(word("server"), { fail: true, retry: again(detail) });
  });

  document.addEventListener("click", ({ target }) => target.closest("[data-toast-close]")?.parentElement.remove());

  const network = () => { document.getElementById("offline").hidden = navigator.onLine; };
  addEventListener("online", network);
  addEventListener("offline", network);
  document.addEventListener("DOMContentLoaded", network);
  document.addEventListener("htmx:historyRestore", network);
})();
