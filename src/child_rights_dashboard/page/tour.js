// The keys of a tour, and the presenter's window: it shows the step that the room sees, and its keys and buttons lead the
// room.

// A remote control sends Page Up and Page Down, which Streamlit handles; others, and people at a keyboard, the arrow keys.
const KEYS = { ArrowRight: "next", ArrowLeft: "previous", Escape: "leave" };
const ALL_KEYS = { ...KEYS, PageDown: "next", PageUp: "previous" };
const taken = "input, textarea, select, [contenteditable], [role=radio], [role=tab], [role=slider], [role=option]";
const above = "[role=dialog], [role=listbox], :is(.pages, .filters) details[open], .explained[open]";
const button = (name) => document.querySelector(`.st-key-tour_${name} button:not([disabled])`);
const turn = (event, keys) => {
  const name = keys[event.key];
  if (!name || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest(taken) || document.querySelector(above) || !button(name)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  button(name).click();
};

const windows = new BroadcastChannel("tour");
const isPresenters = () => location.pathname.endsWith("/presenter");
const tourOf = (search) => new URLSearchParams(search).get("tour") || "";

// The room says where it is, and when it goes.
let tour = "";
const tell = () => {
  if (isPresenters()) return;
  const now = tourOf(location.search);
  if (now || tour) windows.postMessage({ tour: now || tour, at: location.search });
  tour = now;
};
const goes = () => tour && !isPresenters() && windows.postMessage({ tour, at: null });

// The presenter's window goes along. While there is a room, a click leads the room, and this window follows it.
let led = false;
let at = "";
const lead = (event) => {
  const name = led && event.target.closest?.("[class*=st-key-tour_]")?.className.match(/st-key-tour_(next|previous)/)?.[1];
  if (!name || !isPresenters()) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  windows.postMessage({ tour: tourOf(location.search), turns: name });
};
// The menu in which it was opened would take the keys of the room.
const opens = (event) => {
  const link = event.target.closest?.("[role=dialog] a");
  if (link?.pathname.endsWith("/presenter")) setTimeout(() => document.querySelector(".st-key-tour_menu button")?.click());
};
const heed = ({ data }) => {
  if (data.asks) return tell();
  if (data.turns) return data.tour === tour && !isPresenters() && button(data.turns)?.click();
  if (!isPresenters() || ![data.tour, ""].includes(tourOf(at || location.search))) return;
  led = Boolean(data.at);
  if (!led || data.at === (at || location.search)) return;
  at = data.at;
  history.replaceState({}, "", location.pathname + at);
  dispatchEvent(new PopStateEvent("popstate", { state: {} }));
};

// Before Streamlit hears of it, which would turn this window alone.
addEventListener("keydown", (event) => led && isPresenters() && turn(event, ALL_KEYS), true);
addEventListener("keydown", (event) => turn(event, KEYS));
addEventListener("click", lead, true);
addEventListener("click", opens, true);
addEventListener("address", tell);
addEventListener("pagehide", goes);
windows.addEventListener("message", heed);
if (isPresenters()) windows.postMessage({ asks: true });
