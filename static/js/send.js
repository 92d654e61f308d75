// Ctrl+Enter sends the form it is pressed in, also from a field of several lines.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  const { form } = event.target;
  if (!form?.matches("[data-send], #dialog form")) return;
  event.preventDefault();
  form.requestSubmit();
});
