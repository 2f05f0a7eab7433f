import css from "./style.css";

/** Dress a shadow root. A constructed sheet passes a strict content security policy; a `<style>` is for old browsers. */
export function dress(root: ShadowRoot): void {
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    root.adoptedStyleSheets = [sheet];
  } catch {
    const style = document.createElement("style");
    style.textContent = css;
    root.append(style);
  }
}

/** Take the shop's colour if it is one, and with it black or white text, whichever reads better on it. */
export function colour(host: HTMLElement, value: string | null): void {
  const probe = document.createElement("i");
  probe.style.color = value ?? "";
  const { color } = probe.style;
  if (!color) {
    host.style.removeProperty("--okienko-color");
    host.style.removeProperty("--okienko-on-color");
    return;
  }
  host.style.setProperty("--okienko-color", color);
  const rgb = /^rgba?\((\d+), (\d+), (\d+)/.exec(color);
  if (rgb) host.style.setProperty("--okienko-on-color", textOn(+rgb[1]!, +rgb[2]!, +rgb[3]!));
}

/**
 * Return the better readable of black and white on a colour (0–255 each).
 * Source: WCAG 2.2, relative luminance; above 0.179 black has the higher contrast.
 */
export function textOn(red: number, green: number, blue: number): string {
  const [r, g, b] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
}
