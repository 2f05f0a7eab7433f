// After a preview or a refusal the page begins anew at its top: go where the result is, as a screen reader would.
// And say before sending that files are too large, which the server would say after the last of them came.
// On a phone the tabs are wider than the window: show the one that is open.
"use strict";

for (const tab of document.querySelectorAll(".tabs [aria-current]")) {
  const row = tab.parentElement;
  row.scrollLeft = tab.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
}

const result = document.querySelector('[aria-invalid="true"], [data-focus]');
if (result) result.focus();

for (const form of document.querySelectorAll("form[data-max-bytes]")) {
  const files = form.querySelector('input[type="file"]');
  const problem = form.querySelector(".problem");
  const tooLarge = () => [...files.files].reduce((sum, file) => sum + file.size, 0) > Number(form.dataset.maxBytes);
  const check = () => {
    const refused = tooLarge();
    problem.textContent = refused ? form.dataset.tooLarge : "";
    files.setAttribute("aria-invalid", String(refused));
    return !refused;
  };
  files.addEventListener("change", check);
  form.addEventListener("submit", (event) => {
    if (check()) return;
    event.preventDefault();
    files.focus();
  });
}
