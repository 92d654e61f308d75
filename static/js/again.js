// The screen, when something on it has changed, reads anew what the address says by now: a tab that was opened since
// has pushed its own. A form that somebody is filling in stays as it is, in the place of its fresh copy; where there
// would be none, nothing is read anew: what is typed is worth more.
(() => {
  const isTouched = (field) => {
    if (field.type === "hidden" || field.tagName === "BUTTON") return false;
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName === "SELECT") return field.selectedIndex !== Math.max([...field.options].findIndex((option) => option.defaultSelected), 0);
    return field.value !== field.defaultValue;
  };
  // What was refused is shown again with what was typed, which then is what the form begins with.
  const isBeingFilled = (form) => form.getAttribute("method") === "post" && (form.querySelector(".error") !== null || [...form.elements].some(isTouched));
  const copyOf = (form, place) => {
    const copy = form.hasAttribute("id") ? place.getElementById(form.getAttribute("id")) : null;
    return copy?.getAttribute("action") === form.getAttribute("action") ? copy : null;
  };
  let kept = [];

  document.addEventListener("htmx:configRequest", ({ detail }) => {
    if (detail.elt.id !== "screen" || location.pathname !== "/") return;
    const query = new URLSearchParams(location.search);
    const filter = document.getElementById("documents-filter");
    for (const [name, value] of filter ? new FormData(filter) : []) query.set(name, value);
    detail.path = `/?${query}`;
  });

  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    const isNews = detail.requestConfig.triggeringEvent?.type.endsWith("-changed");
    kept = isNews ? [...detail.target.querySelectorAll("form")].filter(isBeingFilled) : [];
    if (!kept.length) return;
    const fresh = new DOMParser().parseFromString(detail.serverResponse, "text/html");
    if (!kept.every((form) => copyOf(form, fresh))) detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const form of kept) {
      const copy = copyOf(form, document);
      if (!copy || copy === form) continue;
      copy.replaceWith(form);
      htmx.process(form);
    }
    kept = [];
  });

  // What was taken is nobody's any more; a form that only asked what it would come to goes on.
  document.addEventListener("htmx:afterRequest", ({ detail: { elt, successful, requestConfig } }) => {
    if (!successful || elt.tagName !== "FORM" || elt.getAttribute("method") !== "post") return;
    if (requestConfig.triggeringEvent?.type !== "submit") return;
    HTMLFormElement.prototype.reset.call(elt);
    for (const error of elt.querySelectorAll(".error")) error.remove();
  });
})();
