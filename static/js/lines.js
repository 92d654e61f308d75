// The lines of a document by the keyboard: ↑ ↓ choose among what was found, Enter puts it in and the
// look-up is empty again; ↑ ↓ from line to line, Enter changes one, Del takes it out, Esc goes back.
(() => {
  const typed = () => document.getElementById("line-typed");
  const offers = () => [...document.querySelectorAll("#line-found [role=option]")];
  const chosen = () => offers().find((offer) => offer.getAttribute("aria-selected") === "true");
  const rows = () => [...document.querySelectorAll("[data-line]")];
  const link = (row) => row?.querySelector("a[id][href]");
  let sent = null;
  let again = false;
  let at = null;

  const choose = (offer) => {
    for (const each of offers()) each.setAttribute("aria-selected", String(each === offer));
    offer?.scrollIntoView({ block: "nearest" });
    if (offer) typed().setAttribute("aria-activedescendant", offer.id);
    else typed()?.removeAttribute("aria-activedescendant");
  };
  const empty = () => {
    document.getElementById("line-found")?.replaceChildren();
    typed()?.setAttribute("aria-expanded", "false");
  };

  const inLookUp = (event) => {
    const all = offers();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (step && all.length) choose(all[(all.indexOf(chosen()) + step + all.length) % all.length]);
    else if (step === 1) link(rows()[0])?.focus();
    else if (event.key === "Enter" && chosen() && document.querySelector("[data-offers]").dataset.offers === event.target.value) chosen().click();
    else if (event.key === "Escape" && event.target.value) {
      event.target.value = "";
      empty();
    } else return;
    event.preventDefault();
  };

  const inRow = (event, row) => {
    const all = rows();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    const field = event.target.matches("input, select, textarea");
    if (event.key === "Escape") {
      const cancel = row.querySelector("[data-cancel]");
      if (cancel) cancel.click();
      else typed()?.focus();
    } else if (field) return;
    else if (step) (link(all[all.indexOf(row) + step]) ?? (step < 0 ? typed() : null))?.focus();
    else if (event.code === "Delete") row.querySelector("[data-remove]")?.requestSubmit();
    else return;
    event.preventDefault();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
    if (document.querySelector("dialog[open]")) return;
    const row = event.target.closest("[data-line]");
    if (event.target === typed()) inLookUp(event);
    else if (row) inRow(event, row);
  });

  // One thing is put in at a time; Enter pressed meanwhile counts once it is there.
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "line-add" || sent === null) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    again = true;
  }, true);
  document.addEventListener("htmx:beforeSend", ({ detail }) => {
    if (detail.elt.id !== "line-add") return;
    sent = typed().value;
    typed().value = "";
    empty();
  });
  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    // The form itself may be gone by now.
    if (detail.requestConfig?.elt.id !== "line-add") return;
    if (detail.failed && detail.xhr.status !== 422 && typed() && !typed().value) typed().value = sent;
    sent = null;
  });

  // What was typed, and the line that had the focus, outlive the swap.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (!detail.target.closest("#document")) return;
    const row = document.activeElement.closest("[data-line]");
    at = { typed: detail.target.id === "document" ? typed()?.value : null, row: row?.id, place: rows().indexOf(row) };
  });
  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    // What comes out of the history has no target.
    if (detail.target?.id === "line-found") {
      typed()?.setAttribute("aria-expanded", String(offers().length > 0));
      choose(chosen());
    }
    const was = at;
    at = null;
    if (!was) return;
    const input = typed();
    if (was.typed && input) {
      input.value = was.typed;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (again) {
      again = false;
      document.getElementById("line-add")?.requestSubmit();
    }
    if (!was.row) return;
    const row = document.getElementById(was.row);
    const field = row?.querySelector("[aria-invalid=true]") ?? row?.querySelector("input:not([type=hidden]), select");
    if (field) {
      field.focus();
      field.select?.();
    } else (link(row) ?? link(rows()[Math.min(was.place, rows().length - 1)]) ?? input)?.focus();
  });
})();
