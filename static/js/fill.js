// What is offered is taken by a click, the first offer by F2: [data-fill-NAME] puts its value into the form's field NAME.
// A model that begins with the offered make is not taken away.
(() => {
  const take = (button) => {
    const form = button.closest("form");
    for (const [key, value] of Object.entries(button.dataset)) {
      const field = form.elements[key.replace(/^fill/, "").toLowerCase()];
      if (!field || !value || field.value.toUpperCase().startsWith(value.toUpperCase())) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    form.elements.model?.focus();
  };

  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-fill-model]");
    if (button) take(button);
  });
  document.addEventListener("keydown", (event) => {
    if (event.code !== "F2" || event.isComposing) return;
    const first = document.querySelector("[data-fill-model]");
    if (!first) return;
    event.preventDefault();
    take(first);
  });
})();
