// Where one is, as the address of the page says it: #/room/general, #/with/ID, #/invitation/SECRET, #/admin.

/**
 * @typedef {{view: "list" | "room" | "with" | "invitation" | "admin", what: string}} Route
 */

const VIEWS = ["room", "with", "invitation", "admin"];

/** @param {string} hash @returns {Route} */
export function readRoute(hash) {
  const [, view = "", ...rest] = hash.replace(/^#/, "").split("/");
  if (!VIEWS.includes(view)) return { view: "list", what: "" };
  let what = rest.join("/");
  try {
    what = decodeURIComponent(what);
  } catch {
    // Typed by hand: taken as it is.
  }
  return /** @type {Route} */ (view !== "admin" && what === "" ? { view: "list", what: "" } : { view, what });
}

/** @param {string} key of a chat, or a view @returns {string} for `href` */
export function hrefOf(key) {
  const [view, ...rest] = key.split("/");
  return rest.length === 0 ? `#/${view}` : `#/${view}/${encodeURIComponent(rest.join("/"))}`;
}
