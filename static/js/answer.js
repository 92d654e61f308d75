// The client's page of an estimate: what the ticked lines come to, in whole kopecks.
(() => {
  const form = document.getElementById("answer");
  const output = document.getElementById("agreed");
  const marks = [...form.querySelectorAll("[data-amount]")];
  const count = () => {
    const kopecks = marks.reduce((sum, { checked, dataset }) => sum + (checked ? Math.round(Number(dataset.amount) * 100) : 0), 0);
    const [whole, rest] = (kopecks / 100).toFixed(2).split(".");
    output.value = `${whole.replace(/\B(?=(\d{3})+$)/g, "\u202f")},${rest} ₽`;
    output.closest("[hidden]")?.removeAttribute("hidden");
  };
  form.addEventListener("change", count);
  // Pressed twice, it is one answer; the server takes no second one anyway.
  form.addEventListener("submit", () => { form.querySelector(".go").disabled = true; });
  addEventListener("pageshow", () => { form.querySelector(".go").disabled = false; count(); });
})();
