// The calendar of bookings: a block is dragged to another time or column, and stretched by its lower edge; by mouse,
// by touch (hold it first, so that the page can still be scrolled) and by keyboard: arrows lift and move a focused
// block, Shift with ↑ ↓ stretches it, Enter puts it down, Esc puts it back. What is put down is sent to the form
// that moves a booking, whose window opens only when it is refused. Without scripts there is the form.
(() => {
  const QUARTER = 15, HOLD = 350, SLACK = 6;
  let lifted = null;

  const calendar = () => document.getElementById("calendar");
  const say = (text) => { const said = document.getElementById("calendar-said"); if (said) said.textContent = text; };
  const minutes = (text) => { const [h, m] = text.slice(11).split(":"); return Number(h) * 60 + Number(m); };
  const clock = (m) => `${String(Math.floor(m / 60)).padStart(2, "0")}:${String(m % 60).padStart(2, "0")}`;
  const places = () => [...calendar().querySelectorAll(".rows-of-day[data-bay], .rows-of-day[data-master], .week td[data-day]")];
  const dayOf = (place) => place.dataset.day ?? place.closest("[data-day]").dataset.day;
  const isClock = (place) => place.matches(".rows-of-day");

  // The clock of a column: which minute its first line is, and how high a quarter is.
  const scale = (place) => {
    const first = place.closest(".cal").querySelector(".clock");
    const [h] = first.textContent.split(":");
    return { top: Number(h) * 60, quarter: parseFloat(getComputedStyle(place).gridAutoRows) };
  };

  const lift = (block, how) => {
    const length = Math.round((new Date(block.dataset.until) - new Date(block.dataset.start)) / 60000);
    const start = minutes(block.dataset.start);
    lifted = { block, how, home: block.parentElement, next: block.nextSibling, place: block.closest(".rows-of-day, td"), start, length, was: { start, length, place: block.closest(".rows-of-day, td") } };
    block.classList.add("lifted");
  };

  // Moved about in the document, it would lose the focus.
  const stand = (block, place, next = null) => {
    const focused = document.activeElement === block;
    place.insertBefore(block, next);
    if (focused) block.focus();
  };

  const draw = () => {
    const { block, place, start, length } = lifted;
    if (isClock(place)) {
      const { top } = scale(place);
      const line = Math.round((start - top) / QUARTER) + 1;
      block.style.gridRow = `${Math.max(line, 1)} / span ${Math.max(Math.round(length / QUARTER), 1)}`;
    }
    if (block.parentElement !== place) stand(block, place);
    const time = block.querySelector("time");
    if (time) time.textContent = `${clock(start)}–${clock((start + length) % 1440)}`;
    say(`${place.dataset.name ?? dayOf(place)} ${clock(start)}–${clock((start + length) % 1440)}`);
  };

  const putBack = () => {
    if (!lifted) return;
    const { block, was, home, next } = lifted;
    Object.assign(lifted, was);
    draw();
    stand(block, home, next?.isConnected ? next : null);
    block.classList.remove("lifted");
    // Copied by a swap, even an empty attribute would offend the Content-Security-Policy.
    block.removeAttribute("style");
    lifted = null;
  };

  const held = (kind, block, place) => (calendar().dataset.by === kind ? place : block).dataset[kind] ?? "";

  const isMoved = () => lifted.start !== lifted.was.start || lifted.length !== lifted.was.length || lifted.place !== lifted.was.place;

  const putDown = () => {
    if (!lifted) return;
    if (!isMoved()) return putBack();
    const { block, place, start, length, was } = lifted;
    const values = {
      start_at: `${dayOf(place)}T${clock(start)}`,
      hours: (length / 60).toFixed(2),
      bay: held("bay", block, place),
      master: held("master", block, place),
      // As `place_of` in orders/actions/booking.py writes it.
      seen: [block.dataset.start, block.dataset.until, held("bay", block, was.place), held("master", block, was.place)].join("/"),
      csrfmiddlewaretoken: token(),
    };
    const url = calendar().dataset.moves.replace("/0/", `/${block.dataset.slot}/`);
    putBack();
    block.addEventListener("htmx:afterRequest", readAnewIfRefused, { once: true });
    htmx.ajax("POST", url, { target: "#dialog", source: block, values });
  };

  // What was refused was decided by a calendar that others have changed meanwhile.
  const readAnewIfRefused = ({ detail }) => {
    if (detail.xhr.status === 422) htmx.ajax("GET", calendar().getAttribute("hx-get"), { target: "#calendar", swap: "outerHTML" });
  };

  const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

  // Pointer: mouse, pen and finger alike.
  const under = (x, y) => {
    const { block } = lifted;
    block.style.pointerEvents = "none";
    const place = document.elementFromPoint(x, y)?.closest(".rows-of-day[data-bay], .rows-of-day[data-master], .week td[data-day]");
    block.style.pointerEvents = "";
    return place && calendar().contains(place) ? place : null;
  };

  const follow = (event, grip) => {
    const place = under(event.clientX, event.clientY);
    if (isClock(lifted.place)) {
      const box = lifted.place.getBoundingClientRect();
      const { top, quarter } = scale(lifted.place);
      const at = top + Math.round((event.clientY - box.top - (lifted.how === "pull" ? 0 : grip)) / quarter) * QUARTER;
      if (lifted.how === "pull") lifted.length = Math.max(QUARTER, at - lifted.start);
      else {
        lifted.start = Math.min(Math.max(at, 0), 1440 - QUARTER);
        if (place) lifted.place = place;
      }
    } else if (place) lifted.place = place;
    draw();
  };

  document.addEventListener("pointerdown", (event) => {
    const block = event.target.closest("#calendar .book[data-slot]");
    if (!block || event.button || !calendar()?.dataset.moves || lifted) return;
    const how = event.target.closest(".pull") ? "pull" : "move";
    const grip = event.clientY - block.getBoundingClientRect().top;
    const from = { x: event.clientX, y: event.clientY };
    const isTouch = event.pointerType !== "mouse" && how === "move";
    let dragged = false;
    const begin = () => { lift(block, how); dragged = true; };
    const hold = isTouch ? setTimeout(begin, HOLD) : null;

    const onMove = (moved) => {
      const far = Math.hypot(moved.clientX - from.x, moved.clientY - from.y) > SLACK;
      if (!dragged && far) {
        if (isTouch) return end();
        begin();
      }
      if (!dragged) return;
      moved.preventDefault();
      follow(moved, grip);
    };
    // While a finger carries a block the page must not scroll away below it.
    const still = (touch) => { if (dragged) touch.preventDefault(); };
    const end = () => {
      clearTimeout(hold);
      for (const [name, act] of listeners) document.removeEventListener(name, act);
    };
    const onUp = () => {
      end();
      if (!dragged) return;
      // The click that follows is not meant to open the booking.
      const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
      document.addEventListener("click", swallow, { capture: true, once: true });
      setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 50);
      putDown();
    };
    const onCancel = () => { end(); putBack(); };
    const listeners = [["pointermove", onMove], ["pointerup", onUp], ["pointercancel", onCancel], ["touchmove", still]];
    for (const [name, act] of listeners) document.addEventListener(name, act, { passive: false });
  });

  // A link is dragged as a link by the browser itself, and a held finger opens its menu.
  document.addEventListener("dragstart", (event) => { if (event.target.closest?.("#calendar .book")) event.preventDefault(); });
  document.addEventListener("contextmenu", (event) => { if (lifted && event.target.closest("#calendar .book")) event.preventDefault(); });

  // Keyboard: a focused block is lifted by the first arrow; free times are walked through by arrows.
  const beside = (place, step) => {
    const all = places().filter((each) => isClock(each) === isClock(place));
    if (isClock(place)) return all[all.indexOf(place) + step];
    const row = all.filter((each) => each.parentElement === place.parentElement);
    return row[row.indexOf(place) + step];
  };
  const above = (place, step) => {
    const row = step > 0 ? place.parentElement.nextElementSibling : place.parentElement.previousElementSibling;
    return row?.querySelector(`td[data-day="${place.dataset.day}"]`);
  };

  const carry = (event) => {
    const step = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.code];
    const upright = event.code === "ArrowUp" || event.code === "ArrowDown";
    if (!upright) lifted.place = beside(lifted.place, step) ?? lifted.place;
    else if (!isClock(lifted.place)) lifted.place = above(lifted.place, step) ?? lifted.place;
    else if (event.shiftKey) lifted.length = Math.max(QUARTER, lifted.length + step * QUARTER);
    else lifted.start = Math.min(Math.max(lifted.start + step * QUARTER, 0), 1440 - QUARTER);
    draw();
    lifted.block.scrollIntoView({ block: "nearest", inline: "nearest" });
  };

  const walk = (event, free) => {
    const column = free.parentElement;
    const step = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -1, ArrowRight: 1 }[event.code];
    const upright = event.code === "ArrowUp" || event.code === "ArrowDown";
    const own = [...column.querySelectorAll(".free")];
    if (upright) return own[own.indexOf(free) + step]?.focus();
    const other = beside(column, step);
    const same = [...(other?.querySelectorAll(".free") ?? [])];
    const line = Number(/\bf(\d+)/.exec(free.className)[1]);
    const near = (link) => Math.abs(Number(/\bf(\d+)/.exec(link.className)[1]) - line);
    same.sort((a, b) => near(a) - near(b))[0]?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]") || !calendar()) return;
    const isArrow = event.code.startsWith("Arrow");
    const block = event.target.closest("#calendar .book[data-slot]");
    const free = event.target.closest("#calendar .free");
    if (block && isArrow && calendar().dataset.moves) {
      if (!lifted) lift(block, "key");
      carry(event);
    } else if (lifted && event.code === "Escape") putBack();
    else if (lifted && (event.code === "Enter" || event.code === "NumpadEnter")) putDown();
    else if (free && isArrow) walk(event, free);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("focusout", (event) => { if (lifted?.how === "key" && event.target === lifted.block && event.relatedTarget) putBack(); });

  // One stop of the Tab key in each column of free times.
  const rove = () => { for (const place of calendar() ? places() : []) { const first = place.querySelector(".free"); if (first) first.tabIndex = 0; } };
  document.addEventListener("DOMContentLoaded", rove);
  document.addEventListener("htmx:afterSettle", rove);
})();
