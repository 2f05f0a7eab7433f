import { h, icon } from "./dom";
import type { Rating } from "./standing";
import type { Texts } from "./texts";

const MAX_COMMENT_CHARS = 2000;

let cards = 0;

/** Asks how the conversation was: five faces, a comment if somebody likes; then thanks, and a way to change it. */
export class RatingCard {
  readonly element: HTMLFormElement;
  readonly #faces: HTMLButtonElement[];
  readonly #chosen = h("p.chosen", { "aria-hidden": "true" });
  readonly #comment: HTMLTextAreaElement;
  readonly #problem = h("p.problem", { role: "alert", hidden: true });
  readonly #more: HTMLElement;
  readonly #ask: HTMLElement;
  readonly #thanks: HTMLElement;
  readonly #change: HTMLButtonElement;
  #score = 0;
  #answer = 0;
  #sent = false;

  constructor(
    readonly seq: number,
    person: string | null,
    private readonly texts: Texts,
    private readonly submit: (score: number, comment: string) => void,
  ) {
    const id = `rating-${++cards}`;
    this.#faces = texts.scores.map((name, index) => {
      const score = index + 1;
      return h("button.face", { role: "radio", "aria-label": `${score} \u2013 ${name}`, click: () => this.#choose(score) }, icon("face", mouth(score)));
    });
    this.#comment = h("textarea.comment", { id: `${id}-comment`, rows: "2", maxlength: `${MAX_COMMENT_CHARS}` });
    this.#more = h("div.more", { hidden: true },
      this.#chosen,
      h("label", { for: `${id}-comment` }, texts.comment),
      this.#comment,
      h("button.primary", { type: "submit" }, texts.send),
    );
    this.#ask = h("div.ask", {},
      h("p.card-title", { id }, texts.rate),
      h("p.served", {}, person === null ? texts.rateAssistant : texts.ratePerson(person || texts.agent)),
      h("div.faces", { role: "radiogroup", "aria-labelledby": id, keydown: (event) => this.#key(event as KeyboardEvent) }, ...this.#faces),
      this.#more,
      this.#problem,
    );
    this.#change = h("button.link", { click: () => this.#open() }, texts.rateChange);
    this.#thanks = h("p.thanks", { hidden: true }, texts.rateThanks, this.#change);
    this.element = h("form.card", { novalidate: true, submit: (event) => this.#submitted(event) }, this.#ask, this.#thanks);
    this.#mark();
  }

  /** Follow the log: an answer there folds the card. */
  show({ answer, score, comment, until }: Rating): void {
    this.#change.hidden = Date.now() >= until;
    if (answer === this.#answer) return;
    const focused = (this.element.getRootNode() as ShadowRoot).activeElement;
    const here = this.element.contains(focused);
    this.#answer = answer;
    this.#sent = false;
    this.#score = score;
    this.#comment.value = comment;
    this.#fold(true);
    if (here) this.#change.focus();
  }

  /** Show why the answer was not taken. */
  refuse(message: string): void {
    this.#sent = false;
    this.#problem.textContent = message || this.texts.failed;
    this.#problem.hidden = false;
  }

  #fold(folded: boolean): void {
    this.#ask.hidden = folded;
    this.#thanks.hidden = !folded;
    this.#problem.hidden = true;
  }

  #open(): void {
    this.#fold(false);
    this.#choose(this.#score);
  }

  #choose(score: number): void {
    this.#score = score;
    this.#more.hidden = false;
    this.#mark();
    this.#faces[score - 1]?.focus();
    this.element.scrollIntoView({ block: "nearest" });
  }

  // One of the five is a stop of the Tab key; arrows go from face to face.
  #mark(): void {
    this.#chosen.textContent = this.texts.scores[this.#score - 1] ?? "";
    for (const [index, face] of this.#faces.entries()) {
      face.setAttribute("aria-checked", `${index + 1 === this.#score}`);
      face.tabIndex = index + 1 === (this.#score || 1) ? 0 : -1;
    }
  }

  #key(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const from = this.#faces.findIndex((face) => face.tabIndex === 0);
    this.#choose(((from + step + 5) % 5) + 1);
  }

  #submitted(event: Event): void {
    event.preventDefault();
    if (this.#sent || !this.#score) return;
    this.#sent = true;
    this.#problem.hidden = true;
    this.submit(this.#score, this.#comment.value.trim());
  }
}

// From a frown (1) over a straight line (3) to a smile (5).
function mouth(score: number): string {
  const curve = (score - 3) * 3;
  return `M8 ${15.5 - curve / 4}q4 ${curve} 8 0`;
}
