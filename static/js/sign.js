// A pad to sign on: what the pen draws becomes the path of an SVG, and goes with the form that way.
// Without scripts, and by keyboard, the act is printed and signed on paper.
(() => {
  const pads = () => document.querySelectorAll("[data-pad]");
  const field = (pad) => pad.closest("form").querySelector("[name=signature]");

  const point = (pad, event) => {
    const box = pad.getBoundingClientRect();
    const [, , width, height] = pad.getAttribute("viewBox").split(" ").map(Number);
    const within = (value, most) => Math.min(Math.max(value, 0), most).toFixed(1);
    return `${within((event.clientX - box.left) / box.width * width, width)} ${within((event.clientY - box.top) / box.height * height, height)}`;
  };
  const draw = (pad, path) => { field(pad).value = path; pad.querySelector("path").setAttribute("d", path); };

  document.addEventListener("pointerdown", (event) => {
    const pad = event.target.closest("[data-pad]");
    if (!pad) return;
    event.preventDefault();
    pad.setPointerCapture(event.pointerId);
    const start = point(pad, event);
    draw(pad, `${field(pad).value}M${start}L${start}`);
    const move = (moved) => draw(pad, `${field(pad).value}L${point(pad, moved)}`);
    const end = () => { pad.removeEventListener("pointermove", move); };
    pad.addEventListener("pointermove", move);
    pad.addEventListener("pointerup", end, { once: true });
    pad.addEventListener("pointercancel", end, { once: true });
  });
  document.addEventListener("reset", (event) => { for (const pad of pads()) if (event.target.contains(pad)) draw(pad, ""); });
  document.addEventListener("DOMContentLoaded", () => { for (const pad of pads()) pad.closest("[hidden]")?.removeAttribute("hidden"); });
})();
