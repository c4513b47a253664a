// Tells whoever looks elsewhere that something was said: by the title, and if it is wanted by the system.

const BASE = "Parlour";

/** @param {number} unread @param {string} [where] */
export function showTitle(unread, where) {
  document.title = `${unread > 0 ? `(${unread}) ` : ""}${where ? `${where} · ` : ""}${BASE}`;
}

/** Asks for the permission. @returns {Promise<boolean>} */
export async function mayNotify() {
  if (!("Notification" in globalThis)) return false;
  return Notification.permission === "granted" || (await Notification.requestPermission()) === "granted";
}

/**
 * @param {string} title @param {string} body @param {string} tag messages of one tag replace each other, also those of other tabs
 * @param {() => void} clicked
 */
export function notify(title, body, tag, clicked) {
  if (!("Notification" in globalThis) || Notification.permission !== "granted") return;
  try {
    const notification = new Notification(title, { body: body.slice(0, 300), tag });
    notification.onclick = () => {
      focus();
      clicked();
      notification.close();
    };
  } catch {
    // Some phones allow it from a service worker only.
  }
}
