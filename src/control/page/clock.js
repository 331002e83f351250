// Times: what the emulator's clock shows, how long something is still good, and the line that says that the clock stands.

import { now, world } from "./live.js";
import { el, shown } from "./dom.js";

const UNITS = [["d", 86_400], ["h", 3_600], ["min", 60], ["s", 1]];

/** A span in its two largest units: 3 min 20 s. */
export function span(milliseconds) {
  let seconds = Math.max(0, Math.round(milliseconds / 1000));
  const parts = [];
  for (const [unit, length] of UNITS) {
    if (seconds >= length || (unit === "s" && parts.length === 0)) {
      parts.push(`${Math.floor(seconds / length)} ${unit}`);
      seconds %= length;
    }
    if (parts.length === 2) break;
  }
  return parts.join(" ");
}

/** The time of a day, in UTC, as the emulator's times are. */
export function timeOfDay(time) {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? shown(time) : at.toISOString().slice(11, 19);
}

/** A time; the whole of it is its title. */
export const time = (text) => el("time", { datetime: text, title: text }, timeOfDay(text));

/** A time with its day. */
export const date = (text) => text && el("time", { datetime: text }, text.replace("T", " ").replace(/(\.\d+)?Z$/, ""));

/** How long it is until a time, or since: kept true while it is shown. */
export function until(text, before = "ends in", after = "ended") {
  const element = el("span.until", { title: text });
  Object.assign(element.dataset, { until: text, before, after });
  return tick(element);
}

function tick(element) {
  const { until: text, before, after } = element.dataset;
  const left = Date.parse(text) - now();
  const isOver = left <= 0;
  element.classList.toggle("over", isOver);
  const words = isOver ? `${after} ${span(-left)} ago` : `${before} ${span(left)}`;
  if (element.textContent !== words) element.textContent = words;
  return element;
}

/** What the clock shows, in the words of the page's head. */
export function clockText() {
  if (!world.clock) return "";
  const at = new Date(now()).toISOString();
  return `${at.slice(0, 10)} ${at.slice(11, 19)} UTC`;
}

/** Keeps all that tells a time true. */
export function tickAll() {
  document.querySelectorAll("[data-until]").forEach(tick);
}
