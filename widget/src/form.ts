import { h, icon } from "./dom";
import type { Texts } from "./texts";

let forms = 0;

/** Asks for an e-mail address when nobody of the shop is there to answer at once. */
export class EmailForm {
  readonly element: HTMLFormElement;
  readonly #field: HTMLInputElement;
  readonly #problem: HTMLElement;
  #sent = false;

  constructor(
    private readonly texts: Texts,
    private readonly submit: (email: string) => void,
    close: () => void,
  ) {
    const id = `email-${++forms}`;
    this.#field = h("input", { id, type: "email", inputmode: "email", autocomplete: "email", required: true, maxlength: "254", "aria-describedby": `${id}-problem` });
    this.#problem = h("p.problem", { id: `${id}-problem`, role: "alert", hidden: true });
    this.element = h("form.card", { novalidate: true, submit: (event) => this.#submitted(event) },
      h("button.dismiss", { "aria-label": texts.emailClose, click: close }, icon("close")),
      h("p.card-title", {}, texts.emailTitle),
      h("label", { for: id }, texts.emailLabel),
      h("div.field", {}, this.#field, h("button.primary", { type: "submit" }, texts.emailSubmit)),
      this.#problem,
    );
  }

  focus(): void {
    this.#field.focus();
  }

  /** Show why the address was not taken. */
  refuse(message: string): void {
    this.#sent = false;
    this.#problem.textContent = message || this.texts.emailInvalid;
    this.#problem.hidden = false;
    this.#field.setAttribute("aria-invalid", "true");
    this.focus();
  }

  #submitted(event: Event): void {
    event.preventDefault();
    if (this.#sent) return;
    const email = this.#field.value.trim();
    if (!email || !this.#field.checkValidity()) return this.refuse(this.texts.emailInvalid);
    this.#problem.hidden = true;
    this.#field.removeAttribute("aria-invalid");
    this.#sent = true;
    this.submit(email);
  }
}
