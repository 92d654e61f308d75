// Enter in a field whose text found nobody follows the offer to look for it in the right field.
document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (key !== "Enter" || event.isComposing || !target.matches("#search input[type=search]")) return;
  const offer = [...document.querySelectorAll("#results [data-instead]")].find((link) => link.dataset.instead === target.name);
  // Results of an earlier text offer nothing for this one.
  if (!offer || offer.dataset.text !== target.value.trim()) return;
  event.preventDefault();
  offer.click();
});
