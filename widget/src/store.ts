/** Keeps values in localStorage, or in memory where a browser forbids or has filled it. */
export class Store {
  readonly #memory = new Map<string, string>();
  readonly #storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem">;

  /** `prefix` keeps shops on one origin apart. `storage` is asked at each use: merely naming it may throw. */
  constructor(
    private readonly prefix: string,
    storage: () => Pick<Storage, "getItem" | "setItem" | "removeItem"> = () => localStorage,
  ) {
    this.#storage = storage;
  }

  get(name: string): string | null {
    const key = this.prefix + name;
    const kept = this.#memory.get(key); // What could not be stored is newer than what is.
    if (kept !== undefined) return kept;
    try {
      return this.#storage().getItem(key);
    } catch {
      return null;
    }
  }

  set(name: string, value: string): void {
    const key = this.prefix + name;
    try {
      this.#storage().setItem(key, value);
      this.#memory.delete(key);
    } catch {
      this.#memory.set(key, value);
    }
  }

  remove(name: string): void {
    const key = this.prefix + name;
    this.#memory.delete(key);
    try {
      this.#storage().removeItem(key);
    } catch {
      // Nothing was kept there either.
    }
  }
}
