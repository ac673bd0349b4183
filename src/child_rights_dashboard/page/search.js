// The search of every page: its keys, its box, which stands at once however slow the server is, and the way through results.

const FRAMES = 600; // About ten seconds: what is waited for may still be on its way from a busy server.
const BOX = ".st-key-search_typed input";
const OPENER = ".st-key-search_open button";
const shown = (layer, which) => [...layer.querySelectorAll(which)].filter((element) => element.checkVisibility());

// Ctrl+K and / open the search. Enter in the box opens the first result, once the results match the text.
const field = "input, textarea, select, [contenteditable]";
const press = (which, frames = FRAMES) => {
  const button = document.querySelector(which); // A page just opened may not have drawn it yet.
  if (button) button.click();
  else if (frames && early) requestAnimationFrame(() => press(which, frames - 1));
};
const seek = (event) => {
  const slash = event.key === "/" && !event.ctrlKey && !event.metaKey;
  const control = event.key.toLowerCase() === "k" && event.ctrlKey !== event.metaKey && !event.shiftKey;
  if (event.defaultPrevented || event.altKey || !(slash || control)) return;
  if (event.target.closest(field) || document.querySelector("[role=dialog], [role=listbox]")) return;
  event.preventDefault();
  draw();
  press(OPENER);
};
const openFirst = (box, sought, frames = FRAMES) => {
  if (!box.isConnected || box.value.trim() !== sought || !frames) return;
  const sum = [...sought].reduce((all, letter) => all + letter.codePointAt(0), 0);
  const found = document.querySelector(`.st-key-found_of_${sum}`);
  const [link] = found ? shown(found, "a[href]") : [];
  if (link) link.click();
  else requestAnimationFrame(() => openFirst(box, sought, frames - 1)); // Results arrive in pieces.
};
const choose = (event) => {
  const box = event.key === "Enter" && event.target.closest(BOX);
  if (box && box.value.trim() && !event.isComposing) openFirst(box, box.value.trim());
};
const walk = (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const dialog = step && event.target.closest("[role=dialog]");
  const box = dialog && dialog.querySelector(BOX);
  if (!box) return;
  const all = [box, ...shown(dialog, "a[href], summary")];
  event.preventDefault();
  all[all.indexOf(event.target) + step]?.focus();
};

// Until the server has drawn its box, one of the browser's own stands in its place: what is typed there goes into it.
let early = null;
let entered = false;
let left = false;
const draw = () => {
  if (early) return;
  const label = document.querySelector(`${OPENER} p`)?.textContent.trim() || "";
  early = document.body.appendChild(document.createElement("div"));
  early.className = "early_search";
  const box = early.appendChild(document.createElement("input"));
  box.setAttribute("aria-label", label);
  entered = left = false;
  box.focus({ preventScroll: true });
};
const clear = () => {
  early?.remove();
  early = null;
};
// The dialog takes the focus before its box is there, so letters are caught wherever they arrive.
const type = (event) => {
  const box = early?.firstElementChild;
  if (!box) return;
  event.stopImmediatePropagation();
  if (event.key === "Enter") entered = true;
  if (event.key === "Escape") {
    left = true;
    clear();
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  // Written here even if the box has the focus: the browser writes a letter where the focus is a moment later.
  if (event.key.length === 1) box.setRangeText(event.key, box.selectionStart, box.selectionEnd, "end");
  else if (event.key === "Backspace" && event.target !== box) box.value = box.value.slice(0, -1);
  else return;
  event.preventDefault();
};
const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set; // React watches its own.
const arrived = (box) => {
  if (left) {
    left = false;
    box.closest("[role=dialog]")?.querySelector("button[aria-label=Close]")?.click();
    return;
  }
  const typed = early?.firstElementChild.value || "";
  clear();
  box.focus({ preventScroll: true });
  if (!typed) {
    box.select(); // What was sought before is replaced by the first letter.
    return;
  }
  write.call(box, typed);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  if (entered) openFirst(box, typed.trim());
};

for (const pressed of [type, seek, walk, choose]) addEventListener("keydown", pressed, pressed === type);
addEventListener("click", (event) => event.target.closest(OPENER) && draw(), true);
const known = new WeakSet();
new MutationObserver(() => {
  const box = document.querySelector(BOX);
  if (!box || known.has(box) || !box.checkVisibility()) return;
  known.add(box);
  arrived(box);
}).observe(document.documentElement, { childList: true, subtree: true });
