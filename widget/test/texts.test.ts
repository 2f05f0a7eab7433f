import assert from "node:assert/strict";
import { test } from "node:test";
import { textsFor } from "../src/texts";

// Verbs and pronouns that say "ty", and imperatives where something is asked for in a sentence.
const TY = /\p{L}+(?:asz|esz|isz|ysz)(?!\p{L})|(?<!\p{L})(?:tw[oó]j\p{L}*|ty|ci|cię|ciebie|napisz|zostaw(?! e-mail)|sprawdź)(?!\p{L})/iu;

function said(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "function") return [(value as (given: unknown) => string)(3)];
  return Object.values(value as object).flatMap(said);
}

test("what is not informal says ty to nobody in Polish", () => {
  assert.ok(said(textsFor("pl", "informal")).filter((text) => TY.test(text)).length >= 7);
  for (const style of ["formal", "neutral"] as const) {
    assert.deepEqual(said(textsFor("pl-PL", style)).filter((text) => TY.test(text)), []);
  }
});

test("a server that does not name the style is informal, and English has one form", () => {
  assert.equal(textsFor("pl"), textsFor("pl", "informal"));
  assert.equal(textsFor("en", "formal"), textsFor("en"));
  assert.deepEqual(Object.keys(textsFor("pl", "formal")), Object.keys(textsFor("pl")));
});

test("texts are the same object for the same style, so that nothing is drawn anew", () => {
  assert.equal(textsFor("pl", "formal"), textsFor("pl-PL", "neutral"));
});
