// Fields that Django and select2 leave without a name for those who listen to the page.
const nameBox = (select) => {
  const label = select.labels[0]?.textContent.trim().replace(/:$/, "");
  const said = select.getAttribute("aria-label") || label;
  const box = select.nextElementSibling?.querySelector(".select2-selection");
  if (!said || !box) return;
  box.setAttribute("aria-label", said);
  box.querySelector("[role=textbox]")?.setAttribute("aria-label", said);
};

const nameAll = () => {
  document.querySelectorAll("select.select2-hidden-accessible").forEach(nameBox);
  const search = document.querySelector("#searchbar");
  search?.setAttribute("aria-label", search.form.querySelector("[type=submit]").value);
};

// What is under way is read again until it is over.
const READ_AGAIN_AFTER = 2000;

const readAgain = async () => {
  const shown = document.querySelector("[data-again]");
  if (!shown) return;
  const page = await fetch(location.href).then((answer) => answer.ok && answer.text()).catch(() => "");
  const fresh = page && new DOMParser().parseFromString(page, "text/html").querySelector("#content-main");
  if (fresh) shown.replaceWith(fresh);
  setTimeout(readAgain, READ_AGAIN_AFTER);
};

// After the administration's own scripts, which make the boxes when jQuery says so.
(window.django?.jQuery ?? ((run) => run()))(nameAll);
setTimeout(readAgain, READ_AGAIN_AFTER);
document.addEventListener("formset:added", () => setTimeout(nameAll));
