// What this browser remembers. It works without memory, too, as in a private window.

const PREFIX = "parlour.";
const memory = new Map();

/** @param {string} name @returns {any} */
export function kept(name) {
  if (memory.has(name)) return memory.get(name);
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name) ?? "null") ?? undefined;
  } catch {
    return undefined;
  }
}

/** @param {string} name @param {unknown} value */
export function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    memory.delete(name);
  } catch {
    memory.set(name, value);
  }
}

/** @param {string} name */
export function forget(name) {
  memory.delete(name);
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept there.
  }
}

/** Calls when another tab has changed something. @param {(name: string) => void} handle */
export function whenKeptElsewhere(handle) {
  addEventListener("storage", (event) => {
    if (event.key?.startsWith(PREFIX)) handle(event.key.slice(PREFIX.length));
  });
}
