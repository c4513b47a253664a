// The clipboard, also for pages over plain HTTP, for which browsers have no other way than the old one.

/** @param {string} text */
export async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = document.createElement("textarea");
  field.value = text;
  field.style.setProperty("position", "fixed");
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}
