// A card of the workshop's board is carried to another column by mouse or finger; where it may not go is dimmed.
// By keyboard its arrow opens the window that says the same.
(() => {
  const FAR = 6; // pixels before a press becomes a move
  let carried = null;

  const columns = () => document.querySelectorAll("[data-column]");
  const columnAt = (x, y) => document.elementFromPoint(x, y)?.closest("[data-column]");
  const takes = (column, card) => column.dataset.column === card.dataset.card || card.dataset.ways.split(" ").includes(column.dataset.column);

  const lift = ({ card }, pointer) => {
    card.setPointerCapture(pointer);
    card.classList.add("carried");
    for (const column of columns()) column.classList.toggle("closed", !takes(column, card));
  };
  const putDown = () => {
    if (!carried) return;
    carried.card.classList.remove("carried");
    carried.card.style.removeProperty("translate");
    for (const column of columns()) column.classList.remove("closed", "under");
    carried = null;
  };
  const move = (card, to) => {
    const form = document.getElementById("board-moves");
    const values = Object.fromEntries(new FormData(form));
    htmx.ajax("POST", card.dataset.move, { source: card, target: "#dialog", values: { ...values, to, seen: card.dataset.card } });
  };

  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest("[data-card]");
    if (!card || event.button || event.target.closest("a, button")) return;
    carried = { card, x: event.clientX, y: event.clientY, isUp: false };
  });
  document.addEventListener("pointermove", (event) => {
    if (!carried) return;
    const [dx, dy] = [event.clientX - carried.x, event.clientY - carried.y];
    if (!carried.isUp && Math.hypot(dx, dy) < FAR) return;
    if (!carried.isUp) lift(carried, event.pointerId);
    carried.isUp = true;
    carried.card.style.setProperty("translate", `${dx}px ${dy}px`);
    const under = columnAt(event.clientX, event.clientY);
    for (const column of columns()) column.classList.toggle("under", column === under);
  });
  document.addEventListener("pointerup", (event) => {
    const { card, isUp } = carried ?? {};
    const column = isUp && columnAt(event.clientX, event.clientY);
    putDown();
    if (column && takes(column, card) && column.dataset.column !== card.dataset.card) move(card, column.dataset.column);
  });
  document.addEventListener("pointercancel", putDown);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") putDown(); });
})();
