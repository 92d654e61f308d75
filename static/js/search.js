// The search form: × empties one field, Esc too, «reset» all; the number of results is said aloud, those of boxes are shown.
(() => {
  const isText = (input) => /^(?:search|text|tel|date|number)$/.test(input.type);

  const empty = (form, inputs) => {
    for (const input of inputs) {
      if (isText(input)) input.value = "";
      else if (input.type === "checkbox") input.checked = false;
      else if (input.tagName === "SELECT") input.selectedIndex = 0;
    }
    form.requestSubmit();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("#search [data-clear], #search [data-reset]");
    if (!button) return;
    event.preventDefault();
    const form = document.getElementById("search");
    const field = form.elements[button.dataset.clear ?? "client"];
    empty(form, "reset" in button.dataset ? form.querySelectorAll("input, select") : [field]);
    field.focus();
  });
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key !== "Escape" || target.form?.id !== "search" || !isText(target) || !target.value) return;
    event.preventDefault();
    empty(target.form, [target]);
  });

  document.addEventListener("htmx:afterSettle", () => {
    const found = document.getElementById("results")?.dataset.found;
    const said = document.getElementById("found");
    if (said && found !== undefined && said.textContent !== found) said.textContent = found;
    for (const { dataset, value } of document.querySelectorAll("[data-count]")) {
      const place = document.getElementById(`count-${dataset.count}`);
      if (place) place.textContent = value;
    }
    const filled = document.getElementById("results")?.dataset.filled;
    const count = document.querySelector("[data-further]");
    if (count && filled !== undefined) count.textContent = filled;
  });
})();
