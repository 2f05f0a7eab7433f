import type { Citation } from "./frames";

/** A piece of a line: words, where they lead if they are a link, their language if it is not the window's. */
export interface Inline {
  text: string;
  href?: string;
  lang?: string;
}

export interface Block {
  list: boolean;
  /** A list's items, or a paragraph's lines. */
  lines: Inline[][];
}

// Bounded everywhere: a long line without a space must not keep the page busy.
const LINK = /\b(?:https?:\/\/|mailto:)[^\s<>"'\u201e\u201d]{1,2000}|\b[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+/gi;
const BULLET = /^\s*[-*\u2022]\s+(?=\S)/;

/**
 * Split a message into paragraphs and bullet lists. No markup is parsed: what is not a list item is text.
 * Numbered lines stay as they are written: "15. grudnia" is no fifteenth item.
 */
export function parseBody(body: string): Block[] {
  const blocks: Block[] = [];
  let open = null as Block | null;
  for (const line of body.trim().split(/\r\n?|\n/)) {
    if (!line.trim()) {
      open = null;
      continue;
    }
    const list = BULLET.test(line);
    if (open?.list !== list) blocks.push((open = { list, lines: [] }));
    open.lines.push(linkify(line.replace(BULLET, "")));
  }
  return blocks;
}

/** Cut a line at the http(s) and mail addresses that stand in it. Trailing punctuation stays outside a link. */
export function linkify(line: string): Inline[] {
  const pieces: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(LINK)) {
    const text = withoutTail(match[0]);
    const href = safeHref(text);
    if (!href || match.index < end) continue;
    if (match.index > end) pieces.push({ text: line.slice(end, match.index) });
    pieces.push({ text, href });
    end = match.index + text.length;
  }
  if (end < line.length) pieces.push({ text: line.slice(end) });
  return pieces;
}

/** Part a line's pieces where words of an article in another language stand, so that they are read out as such. */
export function markForeign(pieces: readonly Inline[], citations: readonly Citation[], locale: string): Inline[] {
  const quotes = citations.filter(({ language }) => language && !locale.startsWith(language));
  const lines = quotes.flatMap(({ quote, language }) => quote.split("\n").map((line) => ({ text: line.replace(BULLET, ""), lang: language })));
  return lines
    .filter(({ text }) => text.trim())
    .reduce<readonly Inline[]>((parts, line) => parts.flatMap((part) => marked(part, line)), pieces)
    .filter(({ text }) => text);
}

function marked(part: Inline, line: Inline): Inline[] {
  const at = part.href || part.lang ? -1 : part.text.indexOf(line.text);
  if (at < 0) return [part];
  return [{ text: part.text.slice(0, at) }, line, { text: part.text.slice(at + line.text.length) }];
}

function withoutTail(link: string): string {
  let text = link.replace(/[.,;:!?\u2026]+$/, "");
  // A closing bracket belongs to the link only if it was opened inside.
  while (/[)\]]$/.test(text) && !/[([]/.test(text)) text = text.slice(0, -1).replace(/[.,;:!?\u2026]+$/, "");
  return text;
}

function safeHref(text: string): string | null {
  const target = /^(?:https?:|mailto:)/i.test(text) ? text : `mailto:${text}`;
  try {
    const url = new URL(target);
    return ["http:", "https:", "mailto:"].includes(url.protocol) && !url.username ? url.href : null;
  } catch {
    return null;
  }
}

/** Join a reply's sentences as they came: an item that opens with a new line needs no space before it. */
export function joinSentences(sentences: readonly string[]): string {
  let body = "";
  for (const next of sentences) body += (body && !/\s$/.test(body) && !/^\s/.test(next) ? " " : "") + next;
  return body;
}
