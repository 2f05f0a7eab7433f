// After a preview or a refusal the page begins anew at its top: go where the result is, as a screen reader would.
"use strict";

const result = document.querySelector('[aria-invalid="true"], [data-focus]');
if (result) result.focus();
