import { h, icon } from "./dom";
import type { QuickReply } from "./frames";
import type { Standing } from "./standing";
import type { Texts } from "./texts";

/** Above the composer: either who has the conversation, or a way to a person; and what else can be done with it. */
export class Bar {
  readonly #humanText = h("span");
  readonly #human: HTMLElement;
  readonly #standing = h("p.standing");
  readonly #email: HTMLElement;
  readonly #back: HTMLElement;
  readonly #end: HTMLElement;
  readonly element: HTMLElement;

  constructor(act: (action: Exclude<QuickReply["action"], "">) => void, reopenForm: () => void) {
    this.#human = h("button.human", { click: () => act("ask_human") }, icon("person"), this.#humanText);
    this.#email = h("button.link email", { click: reopenForm });
    this.#back = h("button.link back", { click: () => act("back_to_assistant") });
    this.#end = h("button.link end", { click: () => act("resolve") });
    this.element = h("div.bar", {}, this.#human, this.#standing, this.#email, this.#back, this.#end);
  }

  relabel(texts: Texts): void {
    this.#humanText.textContent = texts.human;
    this.#email.textContent = texts.emailSubmit;
    this.#back.textContent = texts.back;
    this.#end.textContent = texts.end;
  }

  /** Draw; `name` is who has the conversation, `dismissed` the request for an address that was put away. */
  show(texts: Texts, { person, waiting, closed, place, email, endable }: Standing, name: string, dismissed: number): void {
    this.#human.hidden = waiting || person !== null;
    this.#standing.hidden = !this.#human.hidden;
    this.#standing.textContent = waiting ? (closed ? texts.waitingClosed : texts.waiting(place)) : texts.withPerson(name);
    this.#email.hidden = !email || email !== dismissed;
    this.#back.hidden = !waiting;
    this.#end.hidden = !endable;
  }
}
