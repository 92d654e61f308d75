// [data-copy] copies its value, or its own text when the value is empty.
(() => {
  // The clipboard API exists only under https or on localhost; a shop's own network often has neither.
  const copyBySelection = (text) => {
    const area = Object.assign(document.createElement("textarea"), { value: text, readOnly: true, className: "sr" });
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done ? Promise.resolve() : Promise.reject(new Error("copy refused"));
  };

  document.addEventListener("click", async (event) => {
    const source = event.target.closest("[data-copy]");
    if (!source) return;
    const text = source.dataset.copy || source.textContent.trim();
    const words = document.getElementById("toasts").dataset;
    try {
      await (navigator.clipboard ? navigator.clipboard.writeText(text) : copyBySelection(text));
      document.dispatchEvent(new CustomEvent("toast", { detail: { text: `${words.copied}: ${text}` } }));
    } catch {
      document.dispatchEvent(new CustomEvent("toast", { detail: { text: words.copyFailed, tone: "fail" } }));
    }
    source.focus();
  });
})();
