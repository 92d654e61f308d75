// Keys, bound by their place on the board, so that they work in the Russian layout too:
// «/» search, ↑ ↓ the list, ← → between the lists, 1…6 tabs, 0, 7, 8 and 9 what [data-key] names, Ins new, ? all keys. Enter follows the focused link by itself.
(() => {
  const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
  // Elsewhere Alt with a digit switches the browser's own tabs or types a sign.
  const altIsFree = /^win/i.test(navigator.userAgentData?.platform ?? navigator.platform);
  const links = (pane) => [...pane.querySelectorAll("tbody td:first-child a[href]")];
  const panes = () => [...document.querySelectorAll("[data-rows]")];

  // One stop of the Tab key per list: the chosen row, else the first.
  const rove = (pane, current) => {
    const all = links(pane);
    const stop = current ?? all.find((link) => link.closest(".sel")) ?? all[0];
    for (const link of all) link.tabIndex = link === stop ? 0 : -1;
    return stop;
  };
  const go = (pane, link) => { rove(pane, link)?.focus(); };

  const walk = (event, pane) => {
    const all = links(pane);
    const at = all.indexOf(event.target);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.code];
    if (step && all[at + step]) go(pane, all[at + step]);
    else if (step === -1) document.querySelector("#search [name=client]")?.focus();
    else if (!step) {
      const other = panes().find((one) => one !== pane) ?? pane;
      go(other, links(other).find((link) => link.tabIndex === 0));
    }
    event.preventDefault();
  };

  // The list still shows what was searched for before: ↓ and what is pressed after it wait for the
  // answer, so that nothing is done to the former client.
  const PATIENCE = 5000;
  const ACTS = /^(?:Arrow|Digit|Enter|Insert|Key|Numpad|Slash)/;
  const SEARCHED = "#search input[type=search]";
  const text = () => [...document.querySelectorAll(SEARCHED)].map((field) => field.value).join("\n");
  let isTyped = false;
  let asked = "";
  let answered = "";
  let held = null;

  const awaits = () => isTyped && text() !== answered;
  const hold = (event) => {
    event.preventDefault();
    if (event.repeat) return;
    held ??= [];
    held.push(event);
    if (held.length > 1) return;
    event.target.blur();
    setTimeout(drop, PATIENCE, held);
  };
  const drop = (keys) => {
    if (held !== keys) return;
    held = null;
    document.querySelector(SEARCHED)?.focus();
  };
  const release = ({ detail }) => {
    if (!detail.requestConfig?.elt?.closest?.("#search")) return;
    answered = asked;
    if (awaits()) return;
    isTyped = false;
    const [down, ...rest] = held ?? [];
    held = null;
    if (down && panes()[0]) go(panes()[0]);
    for (const { code, key } of rest) {
      const now = document.activeElement;
      if (key === "Enter") now.click();
      else now.dispatchEvent(new KeyboardEvent("keydown", { code, key, bubbles: true, cancelable: true }));
    }
  };

  const arrow = (event) => {
    if (event.shiftKey || event.altKey) return;
    const pane = event.target.closest("[data-rows]");
    if (pane && event.target.matches("tbody td:first-child a")) walk(event, pane);
    else if (event.code === "ArrowDown" && event.target.matches("#search input:not([type=date]):not([type=number])") && panes()[0]) {
      if (awaits()) return hold(event);
      go(panes()[0]);
      event.preventDefault();
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.getModifierState("AltGraph")) return;
    if (document.querySelector("dialog[open]")) return;
    if (held && ACTS.test(event.code) && !event.target.matches(TYPING)) return hold(event);
    if (event.code.startsWith("Arrow")) return arrow(event);
    const typing = event.target.matches(TYPING);
    const digit = /^Digit([1-6])$/.exec(event.code) ?? (event.altKey ? null : /^Numpad([1-6])$/.exec(event.code));
    const isQuestion = event.key === "?" || (event.shiftKey && event.code === "Slash");
    if (isQuestion && !typing) {
      event.preventDefault();
      document.querySelector("[data-keys]")?.click();
    }
    if (event.shiftKey) return;
    let target = null;
    if (digit && (event.altKey ? altIsFree : !typing)) target = document.querySelectorAll("[data-tab]")[digit[1] - 1];
    else if (event.altKey || (typing && !(event.code === "Insert" && event.target.closest("#search")))) return;
    else if (event.code === "Slash" || event.key === "/") target = document.querySelector("#search [name=client], [data-find]");
    else if (document.querySelector(`[data-key="${event.code}"]`)) target = document.querySelector(`[data-key="${event.code}"]`);
    else if (event.code === "Insert") target = (event.target.closest(".pane") ?? document).querySelector("[data-new]");
    if (!target) return;
    event.preventDefault();
    target.focus();
    if (target.matches("input")) target.select();
    else target.click();
  });

  const roveAll = () => { for (const pane of panes()) rove(pane); };
  document.addEventListener("DOMContentLoaded", roveAll);
  document.addEventListener("DOMContentLoaded", () => { answered = text(); });
  document.addEventListener("input", (event) => { if (event.target.matches(SEARCHED)) isTyped = true; });
  document.addEventListener("htmx:beforeRequest", (event) => { if (event.target.closest("#search")) asked = text(); });
  document.addEventListener("htmx:afterSettle", roveAll);
  document.addEventListener("htmx:afterSettle", release);
  for (const failure of ["htmx:responseError", "htmx:sendError"]) document.addEventListener(failure, () => drop(held));
  document.addEventListener("htmx:historyRestore", roveAll);
})();
