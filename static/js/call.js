// Calls: what the server pushes becomes a fact of the page; «current call» fills the phone field; a phone is dialled by the PBX.
(() => {
  const host = () => document.getElementById("call");

  const announce = (fact) => htmx.trigger(document.body, fact);

  const connect = () => {
    const { stream, worker, user } = host()?.dataset ?? {};
    if (!stream) return;
    if (window.SharedWorker) {
      const { port } = new SharedWorker(worker, { name: `facts-${user}` });
      port.onmessage = ({ data }) => announce(data);
      const join = () => port.postMessage(stream);
      addEventListener("pagehide", () => port.postMessage(""));
      addEventListener("pageshow", join);
      document.addEventListener("visibilitychange", join);
    } else {
      const source = new EventSource(stream);
      source.onmessage = ({ data }) => announce(data);
      let wasOpen = false;
      source.onopen = () => {
        announce("call-changed");
        if (wasOpen) for (const fact of ["events-changed", "board-changed"]) announce(fact);
        wasOpen = true;
      };
    }
  };

  // A fact may have come while its header could not be fetched, or while the machine slept.
  const look = () => { if (!document.hidden && host()) announce("call-changed"); };
  addEventListener("online", look);
  document.addEventListener("visibilitychange", look);

  document.addEventListener("DOMContentLoaded", connect);

  document.addEventListener("click", (event) => {
    const { phone } = document.querySelector("#call [data-phone]")?.dataset ?? {};
    const field = document.querySelector("#search [name=phone]");
    if (!phone || !field || !event.target.closest("[data-current-call]")) return;
    event.preventDefault();
    field.value = phone;
    field.form.requestSubmit();
    field.focus();
  });

  // The PBX rings the telephone on the desk; where it does not, the link does what it says.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href^='tel:']");
    const form = document.getElementById("dial");
    if (!link || !form || event.defaultPrevented || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    form.elements.number.value = link.getAttribute("href").slice("tel:".length);
    const answer = await fetch(form.action, { method: "POST", body: new FormData(form) }).catch(() => null);
    const text = answer?.ok ? form.dataset.said : answer?.status === 409 ? await answer.text() : form.dataset.lost;
    document.dispatchEvent(new CustomEvent("toast", { detail: { text, tone: answer?.ok ? "" : "fail" } }));
    if (!answer?.ok) location.href = link.href;
  });
})();
