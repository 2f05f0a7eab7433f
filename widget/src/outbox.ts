import type { Action, AskHuman, Rate, Send } from "./frames";
import { toJson } from "./json";
import type { Store } from "./store";

/** A frame that must arrive: it carries a `cid`, so that sending it again is harmless. */
export type Lasting = Send | AskHuman | Action | Rate;

interface Kept {
  conversation_id: string;
  frame: Lasting;
}

/** What the server has not acknowledged yet, oldest first. Stored before it is sent, so that a reload loses nothing. */
export class Outbox {
  constructor(private readonly store: Store) {}

  /** Frames of this conversation, and those written before there was any. Other conversations' are dropped. */
  adopt(conversationId: string): Lasting[] {
    const mine = this.#read()
      .filter((kept) => !kept.conversation_id || kept.conversation_id === conversationId)
      .map(({ frame }) => ({ conversation_id: conversationId, frame }));
    this.#write(mine);
    return mine.map((kept) => kept.frame);
  }

  /** Frames of this conversation, oldest first; another tab may chat in another one. */
  pending(conversationId: string): Lasting[] {
    return this.#read().filter((kept) => kept.conversation_id === conversationId).map((kept) => kept.frame);
  }

  put(frame: Lasting, conversationId: string): void {
    const others = this.#read().filter((kept) => kept.frame.cid !== frame.cid);
    this.#write([...others, { conversation_id: conversationId, frame }]);
  }

  /** Forget a frame: it was acknowledged, refused, or seen in the log. */
  settle(cid: string): void {
    const kept = this.#read();
    const left = kept.filter((one) => one.frame.cid !== cid);
    if (left.length < kept.length) this.#write(left);
  }

  clear(): void {
    this.store.remove("outbox");
  }

  // Read at each use: another tab may have written.
  #read(): Kept[] {
    try {
      const kept: unknown = JSON.parse(this.store.get("outbox") ?? "[]");
      return Array.isArray(kept) ? kept.filter(isKept) : [];
    } catch {
      return [];
    }
  }

  #write(kept: Kept[]): void {
    if (kept.length) this.store.set("outbox", toJson(kept));
    else this.store.remove("outbox");
  }
}

function isKept(value: unknown): value is Kept {
  const kept = value as Kept | null;
  return typeof kept?.frame?.cid === "string" && typeof kept.conversation_id === "string";
}
