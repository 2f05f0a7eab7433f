/** A new client id (UUID v4). `crypto.randomUUID` is missing on plain-http origins; `getRandomValues` is not. */
export function newCid(): string {
  const hex = (bytes: number) => [...crypto.getRandomValues(new Uint8Array(bytes))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex(4)}-${hex(2)}-4${hex(2).slice(1)}-8${hex(2).slice(1)}-${hex(6)}`;
}
