import { h, icon } from "./dom";
import type { Texts } from "./texts";

/** What the composer tells its owner. */
export interface ComposerPort {
  send(text: string): void;
  typing(): void;
}

const COUNTER_FROM = 0.9;
const TYPING_EVERY_MS = 3000;

/** Where the shopper writes: grows with the text, Enter sends, Shift+Enter begins a line. */
export class Composer {
  readonly element: HTMLFormElement;
  readonly #field = h("textarea.input", { rows: "1", enterkeyhint: "send", autocomplete: "off" });
  readonly #send = h("button.send", { type: "submit", disabled: true }, icon("send"));
  readonly #counter = h("div.counter", { "aria-live": "polite", hidden: true });
  #texts: Texts | null = null;
  #max = Infinity;
  #lastTyping = 0;

  constructor(private readonly port: ComposerPort) {
    this.element = h("form.composer", { submit: (event) => this.#submit(event) }, this.#field, this.#send, this.#counter);
    this.#field.addEventListener("input", () => this.#changed(true));
    this.#field.addEventListener("keydown", (event) => this.#key(event));
  }

  show(texts: Texts, maxChars: number): void {
    if (texts === this.#texts && maxChars === this.#max) return;
    this.#texts = texts;
    this.#max = maxChars;
    this.#field.placeholder = texts.placeholder;
    this.#field.setAttribute("aria-label", texts.placeholder.replace("…", ""));
    this.#send.setAttribute("aria-label", texts.send);
    this.#changed(false);
  }

  focus(): void {
    this.#field.focus({ preventScroll: true });
  }

  /** Put words in, for the shopper to look over and send. */
  fill(text: string): void {
    this.#field.value = text;
    this.#changed(false);
  }

  /** The field's height depends on its width: measure again after it was hidden. */
  measure(): void {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
  }

  #changed(byHand: boolean): void {
    const length = this.#length();
    this.#send.disabled = length === 0 || length > this.#max;
    this.#counter.hidden = length < this.#max * COUNTER_FROM;
    this.#counter.classList.toggle("over", length > this.#max);
    if (!this.#counter.hidden && this.#texts) this.#counter.textContent = this.#texts.left(this.#max - length);
    this.measure();
    if (byHand && length && Date.now() - this.#lastTyping > TYPING_EVERY_MS) {
      this.#lastTyping = Date.now();
      this.port.typing();
    }
  }

  // The server counts code points, as people do with an emoji more or less.
  #length(): number {
    return [...this.#field.value.trim()].length;
  }

  #key(event: KeyboardEvent): void {
    // While a character is being composed (an accent, a suggestion), Enter ends that and sends nothing.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.element.requestSubmit();
  }

  #submit(event: Event): void {
    event.preventDefault();
    if (this.#send.disabled) return;
    const text = this.#field.value.trim();
    this.fill("");
    this.#lastTyping = 0;
    this.port.send(text);
  }
}
