import assert from "node:assert/strict";
import { test } from "node:test";
import { joinSentences, linkify, markForeign, parseBody } from "../src/richtext";
import { textOn } from "../src/style";
import { textsFor } from "../src/texts";

function links(line: string): (string | undefined)[] {
  return linkify(line).map(({ href }) => href).filter(Boolean);
}

test("links end where the sentence goes on", () => {
  const cases: [string, string[]][] = [
    ["Zobacz https://lesna-sciezka.example/zwroty.", ["https://lesna-sciezka.example/zwroty"]],
    ["(https://a.example/x)", ["https://a.example/x"]],
    ["https://a.example/x_(y), dalej", ["https://a.example/x_(y)"]],
    ["„https://a.example/x”", ["https://a.example/x"]],
    ["pomoc@lesna-sciezka.example, albo", ["mailto:pomoc@lesna-sciezka.example"]],
    ["mailto:a@b.example", ["mailto:a@b.example"]],
    ["HTTPS://A.example/ i http://b.example", ["https://a.example/", "http://b.example/"]],
  ];
  for (const [line, expected] of cases) assert.deepEqual(links(line), expected, line);
});

test("nothing else is a link", () => {
  const lines = ["javascript:alert(1)", "data:text/html,x", "//a.example", "ftp://a.example", "a@b", "www.a.example", "https://", "12,99 zł", "https://user:pw@evil.example/"];
  for (const line of lines) assert.deepEqual(links(line).filter((href) => !href!.startsWith("mailto:")), [], line);
});

test("the text of a line survives linking, whatever is in it", () => {
  const lines = ["a https://a.example/?q=<b>&c=\"d\" e", "<img src=x onerror=alert(1)>", "x@y.example@z.example", "\u202ehttps://a.example\u202c", ""];
  for (const line of lines) assert.equal(linkify(line).map(({ text }) => text).join(""), line);
});

test("lines that begin with a dash are a list, the rest are paragraphs", () => {
  const blocks = parseBody("Ceny:\n- Paczkomat: 12,99 zł\n- kurier: 15,99 zł\n\nOd 249 zł gratis.\nZawsze.");
  assert.deepEqual(
    blocks.map(({ list, lines }) => [list, lines.map((line) => line.map(({ text }) => text).join(""))]),
    [
      [false, ["Ceny:"]],
      [true, ["Paczkomat: 12,99 zł", "kurier: 15,99 zł"]],
      [false, ["Od 249 zł gratis.", "Zawsze."]],
    ],
  );
});

test("a number or a minus at the head of a line is no list", () => {
  for (const body of ["15. grudnia", "-5 stopni", "*", "-", "--- "]) assert.equal(parseBody(body).some(({ list }) => list), false, body);
});

test("an empty body is no block", () => {
  for (const body of ["", "  \n\n ", "\r\n"]) assert.deepEqual(parseBody(body), []);
});

test("sentences are joined with a space, unless one brings its own", () => {
  assert.equal(joinSentences(["A.", "B.", "\n- c", "\n- d"]), "A. B.\n- c\n- d");
  assert.equal(joinSentences([]), "");
});

test("text on a colour is the one that reads better", () => {
  assert.equal(textOn(37, 97, 80), "#fff");
  assert.equal(textOn(255, 214, 0), "#000");
  assert.equal(textOn(255, 255, 255), "#000");
  assert.equal(textOn(0, 0, 0), "#fff");
});

test("both languages have every text, and each its own", () => {
  const [pl, en] = [textsFor("pl-PL"), textsFor("de")];
  assert.deepEqual(Object.keys(pl).sort(), Object.keys(en).sort());
  for (const [name, text] of Object.entries(pl)) {
    if (typeof text === "string") assert.ok(text && text !== en[name as keyof typeof en], name);
  }
});

test("no line keeps the page busy", () => {
  const began = performance.now();
  for (const piece of ["x", "a.", "a@", "-.", "http://a", ").", "x@a."]) linkify(piece.repeat(100_000 / piece.length) + " ");
  linkify(`http://a${")".repeat(100_000)}`);
  assert.ok(performance.now() - began < 1500);
});

test("words quoted from an article in another language are marked as such", () => {
  const cited = (quote: string, language: string) => ({ passage_id: "en/zwroty#1", article_id: "en/zwroty", article_version: 1, title: "Returns", quote, language });
  const line = linkify("Cytuję: You have 14 days. Pytaj dalej.");
  const parts = markForeign(line, [cited("You have 14 days.", "en")], "pl");
  assert.deepEqual(parts, [{ text: "Cytuję: " }, { text: "You have 14 days.", lang: "en" }, { text: " Pytaj dalej." }]);
  assert.deepEqual(markForeign(line, [cited("You have 14 days.", "pl"), cited("", "en")], "pl"), line);
  assert.deepEqual(markForeign(line, [cited("You have 14 days.", "en")], "en-GB"), line);
  const items = markForeign(linkify("Pack it."), [cited("- Pack it.\n- Send it.", "en")], "pl");
  assert.deepEqual(items, [{ text: "Pack it.", lang: "en" }]);
});
