// What a page does with script and also without: nothing here is needed to work.

// After a form came back with problems, the reader hears them first.
const focusSummary = (root) => root.querySelector("[data-focus]")?.focus();

// On a phone the navigation scrolls sideways: the page one is on comes into view.
const showCurrent = () => {
  const current = document.querySelector(".nav [aria-current]");
  const nav = current?.closest(".nav");
  if (nav && nav.scrollWidth > nav.clientWidth) nav.scrollLeft = current.offsetLeft - 16;
};

// A filter that narrows as one chooses needs no button.
const hideFilterButtons = (root) => {
  if (!window.htmx) return;
  for (const button of root.querySelectorAll("form[data-filter] > .button, [data-unscripted]")) button.classList.add("govuk-visually-hidden-focusable");
};

// The slider of days: arrow keys go from event to event, and so do the diamonds; it settles before the page follows.
const SETTLED = 250;
const setUpSlider = (root) => {
  for (const range of root.querySelectorAll("input[data-slider]:not([data-ready])")) {
    range.dataset.ready = "";
    const line = range.parentElement;
    const stops = [...line.querySelector(".ruler").querySelectorAll("a[data-stop]")];
    const chosen = Number(range.value);
    let waiting;
    const follow = () => {
      clearTimeout(waiting);
      const stop = stops.find((one) => Number(one.dataset.stop) === Number(range.value));
      range.setAttribute("aria-valuetext", stop?.dataset.label ?? "");
      if (!stop || Number(range.value) === chosen) return;
      waiting = setTimeout(() => go(stop.getAttribute("href"), range), SETTLED);
    };
    range.hidden = false;
    range.addEventListener("input", follow);
    // The form around it asks on every change: this one leads to a day of its own.
    range.addEventListener("change", (event) => event.stopPropagation());
  }
};
let left; // The id of the range that the keys were on: the new one is hidden until it is set up, and htmx cannot focus it.
const go = (address, source) => {
  const part = source.closest("[data-part]");
  if (!window.htmx || !part) return window.location.assign(address);
  left = document.activeElement === source ? source.id : undefined;
  window.htmx.ajax("GET", address, { source, target: `#${part.id}`, select: `#${part.id}`, swap: "outerHTML" });
};

// A table of links is one stop of the Tab key; arrow keys go from cell to cell.
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
const setUpGrid = (root) => {
  for (const table of root.querySelectorAll("table[data-grid]:not([data-ready])")) {
    table.dataset.ready = "";
    const rows = [...table.tBodies[0].rows].map((row) => [...row.querySelectorAll("td a")]);
    const cells = rows.flat();
    const reach = (cell) => cells.forEach((one) => { one.tabIndex = one === cell ? 0 : -1; });
    reach(cells.find((one) => one.hasAttribute("aria-current")) ?? cells[0]);
    table.addEventListener("focusin", (event) => { if (cells.includes(event.target)) reach(event.target); });
    table.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      const row = rows.findIndex((one) => one.includes(event.target));
      if (!step || row < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
      const next = rows[row + step[0]]?.[rows[row].indexOf(event.target) + step[1]];
      event.preventDefault();
      next?.focus();
    });
  }
};

const setUp = (root) => {
  focusSummary(root);
  hideFilterButtons(root);
  setUpSlider(root);
  setUpGrid(root);
};

showCurrent();
setUp(document);
document.addEventListener("htmx:afterSettle", (event) => {
  setUp(event.detail.elt.parentElement ?? document);
  if (left) document.getElementById(left)?.focus();
  left = undefined;
});
