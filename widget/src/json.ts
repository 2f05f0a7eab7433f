/** Write a value as JSON, though old shop scripts (Prototype.js) teach arrays and strings to write themselves otherwise. */
export function toJson(value: unknown): string {
  const taught = [Array.prototype, String.prototype].map((one) => [one, Object.getOwnPropertyDescriptor(one, "toJSON")] as const);
  for (const [one] of taught) Reflect.deleteProperty(one, "toJSON");
  try {
    return JSON.stringify(value);
  } finally {
    for (const [one, found] of taught) if (found) Object.defineProperty(one, "toJSON", found);
  }
}
