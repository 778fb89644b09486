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
  for (const button of root.querySelectorAll("form[data-filter] > .button")) button.classList.add("govuk-visually-hidden-focusable");
};

focusSummary(document);
showCurrent();
hideFilterButtons(document);
document.addEventListener("htmx:afterSwap", (event) => {
  focusSummary(event.target);
  hideFilterButtons(event.target);
});
