// legibility.js - what a reader cannot see or read in the open page

const LEAST_CONTRAST = 4.5; // WCAG AA
const WHITE = [255, 255, 255, 1];

// [red, green, blue, alpha] of a computed colour.
function channels(colour) {
  const numbers = (colour.match(/[\d.]+/g) ?? []).map(Number);
  return numbers.length === 3 ? [...numbers, 1] : numbers.length === 4 ? numbers : [0, 0, 0, 0];
}

function luminance([red, green, blue]) {
  const [r, g, b] = [red, green, blue].map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(first, second) {
  const [dark, light] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

// What is painted behind an element.
function behind(element) {
  if (element instanceof SVGElement) return behindText(element);
  for (let at = element; at; at = at.parentElement) {
    const colour = channels(getComputedStyle(at).backgroundColor);
    if (colour[3] === 1) return colour;
  }
  return WHITE;
}

// The last shape before the text that covers its middle.
function behindText(text) {
  const box = text.getBoundingClientRect();
  const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
  let colour = channels(getComputedStyle(document.documentElement).backgroundColor);
  if (colour[3] < 1) colour = WHITE;
  for (const shape of document.querySelectorAll("rect, circle, ellipse, polygon")) {
    if (!(shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING) || shape.closest("defs")) continue;
    const area = shape.getBoundingClientRect();
    const fill = channels(getComputedStyle(shape).fill);
    if (fill[3] === 1 && area.left <= x && x <= area.right && area.top <= y && y <= area.bottom) colour = fill;
  }
  return colour;
}

// Each pair of colours that is too weak, with a text that has it.
function faint() {
  const judged = new Map();
  const walker = document.createTreeWalker(document.documentElement, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.data.trim();
    if (!text || element.closest("script, style, title, .headerlink, .skip") || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const ink = channels(element instanceof SVGElement ? style.fill : style.color);
    const ground = behind(element);
    const pair = `${ink} on ${ground}`;
    if (!judged.has(pair)) judged.set(pair, ink[3] < 1 || contrast(ink, ground) < LEAST_CONTRAST ? `${pair}: ${text.slice(0, 40)}` : "");
  }
  return [...judged.values()].filter(Boolean);
}

// A page that can be scrolled sideways.
function tooWide() {
  const width = document.documentElement.scrollWidth;
  return width > innerWidth ? [`${width} wide in a window of ${innerWidth}`] : [];
}

// Elements that stand out of the window, though nothing scrolls them.
function outside() {
  const found = [];
  for (const element of document.querySelectorAll("main *, header *, .pages *")) {
    if (element.closest("pre, .table, .figure, .search, .pages > input")) continue;
    const box = element.getBoundingClientRect();
    if (box.width && (box.right > innerWidth + 1 || box.left < -1)) found.push(element.outerHTML.slice(0, 80));
  }
  return found;
}

function brokenPictures() {
  return [...document.images].filter((image) => !image.complete || !image.naturalWidth).map((image) => image.src);
}

// Texts of a drawing that leave it or their box, or that run into each other.
function crowded() {
  const found = [];
  const texts = [...document.querySelectorAll("text")].map((element) => [element.textContent, element.getBoundingClientRect()]);
  const boxes = [document.documentElement, ...document.querySelectorAll("rect")].map((box) => box.getBoundingClientRect());
  texts.forEach(([text, area], at) => {
    const middle = (area.top + area.bottom) / 2;
    for (const box of boxes) {
      const begins = box.left <= area.left && area.left <= box.right && box.top <= middle && middle <= box.bottom;
      if (begins && area.right > box.right) found.push(`${text}: leaves its box`);
    }
    for (const [other, beside] of texts.slice(at + 1)) {
      const wide = Math.min(area.right, beside.right) - Math.max(area.left, beside.left);
      const high = Math.min(area.bottom, beside.bottom) - Math.max(area.top, beside.top);
      if (wide > 1 && high > 3) found.push(`${text}: runs into: ${other}`);
    }
  });
  return found;
}
