// Adds what Streamlit leaves to its page: language and type size, focus, links within the app, dialogs that close at once,
// and printing. All of it is done once, when the browser loads this module: the component itself draws nothing.
import "./filters.js";
import { keep } from "./keep.js";
import "./search.js";
import "./tour.js";

export default () => {};

(() => {
  "use strict";

  // The language of an address, else the reader's own, which the server has declared; and a projector needs larger type.
  const own = document.documentElement.lang || "en";
  let spoken = null;
  const speak = () => {
    if (location.search === spoken) return;
    spoken = location.search;
    const asked = new URLSearchParams(spoken);
    // Only if it differs: writing it makes the browser restyle the page, including charts of the previous address.
    const lang = asked.get("lang") || own;
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
    document.documentElement.classList.toggle("large", asked.get("large") === "yes");
    carry();
    dispatchEvent(new Event("address"));
  };
  // No event reports that a page has written its own address, and checking on every change of the page would be wasteful.
  for (const way of ["pushState", "replaceState"]) {
    const written = history[way];
    history[way] = function (...given) {
      written.apply(this, given);
      speak();
    };
  }

  // The links of the menus carry the view.
  const carry = () => {
    for (const link of document.querySelectorAll(".pages a")) {
      link.setAttribute("href", link.getAttribute("href").split("?")[0] + location.search);
    }
  };

  // The browser remembers buttons whose keys say so.
  const remember = (event) => {
    const named = event.target.closest("[class*=st-key-remember_]");
    if (!named || !event.target.closest("button")) return;
    const [, name, value] = named.className.match(/st-key-remember_([a-z]+)_([a-z]+)/);
    keep(name, value);
    if (name === "look") look();
  };

  // What only this browser keeps waits on the server under a name; the response sets it as a cookie.
  const KEEP = "[class*=st-key-keep_]";
  const fetched = new Set();
  const ask = (layer) => {
    const [, name] = layer.className.match(/st-key-keep_(\w+)/);
    if (fetched.has(name)) return;
    fetched.add(name);
    fetch(`./keep/${name}`, { method: "POST", keepalive: true });
  };

  // With its own menu hidden, Streamlit only follows the system's light or dark mode. A different choice is reported to it
  // as if it were the system's. It asks when it starts, before this is loaded, whenever the system changes, and after
  // printing: so it is told that something was printed.
  const DARK = "(prefers-color-scheme: dark)";
  const system = matchMedia(DARK);
  const chosen = () => (document.cookie.match(/(?:^|; )dashboard_look=(light|dark)/) || [])[1];
  const isDark = () => (chosen() ? chosen() === "dark" : system.matches);
  const asked = matchMedia.bind(window);
  window.matchMedia = (query) => {
    const list = asked(query);
    if (query === DARK) Object.defineProperty(list, "matches", { get: isDark });
    return list;
  };
  const look = () => dispatchEvent(new Event("afterprint"));
  if (isDark() !== system.matches) look();

  // Where people sign in, the server closes the connection once their session is over. Loading the page again shows how to
  // sign in; not while somebody is signing out.
  let leaving = false;
  const APP = "[data-test-connection-state]";
  const connected = () => document.querySelector(APP)?.dataset.testConnectionState === "CONNECTED";
  const ended = async () => {
    if (leaving || connected()) return;
    const answer = await fetch("./", { method: "HEAD", headers: { accept: "text/html" } }).catch(() => null);
    if (answer?.status === 401 && !leaving) location.reload();
  };

  // What a button opens is a layer at the end of the document: without this, reaching it takes about thirty presses of Tab.
  // A list that is the only one in it opens too, so that a filter takes one click.
  const coarse = matchMedia("(pointer: coarse)");
  const FRAMES = 600; // About ten seconds: what is waited for may still be on its way from a busy server.
  const shown = (layer, which) => [...layer.querySelectorAll(which)].filter((element) => element.checkVisibility());
  const enter = (layer, frames = FRAMES) => {
    if (layer.querySelector(".st-key-search_typed") || document.querySelector(".early_search")) return; // See `search.js`.
    const lists = shown(layer, "[role=combobox]");
    const within = shown(layer, "input:not([type=hidden]), textarea, a[href], button");
    if (!within.length) {
      if (frames && layer.isConnected) requestAnimationFrame(() => enter(layer, frames - 1));
      return;
    }
    if (coarse.matches && lists.length) return; // A phone's keyboard would cover what was opened.
    (within.find((element) => element.checked) || within[0]).focus({ preventScroll: true });
    // While the layer is being placed it is hidden, and nothing in it takes the focus.
    if (!layer.contains(document.activeElement)) {
      if (frames && layer.isConnected) requestAnimationFrame(() => enter(layer, frames - 1));
      return;
    }
    const [opener] = shown(layer, "button[aria-haspopup=listbox]");
    if (lists.length === 1 && opener && opener.getAttribute("aria-expanded") === "false") opener.click();
  };
  const entered = new WeakSet();
  const LAYER = "[role=dialog][data-st-overlay-root]";

  // A menu of pages or a filter takes the focus when it opens; a click outside, another one or Escape closes it.
  const MENU = ":is(.pages details, :is(.filters, .filters > .filter) > details, .explained)";
  const opening = ({ target }) => {
    if (!target.open || !target.matches(".pages details, .filters details")) return;
    if (target.lastElementChild.contains(document.activeElement)) return;
    const [first] = [...shown(target, "input:checked[type=radio]"), ...shown(target, "summary ~ * :is(summary, a, input)")];
    if (first?.type === "search" && coarse.matches) return; // A phone's keyboard would cover what was opened.
    first?.focus({ preventScroll: true });
  };
  const shut = (event) => {
    if (event.type === "keydown" && event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(`${MENU}[open]`)) {
      const within = menu.contains(event.target);
      if (event.type !== "keydown" && within) continue;
      menu.open = false;
      if (within) menu.querySelector("summary").focus();
    }
    if (!event.target.closest?.(MENU)) open.clear();
  };

  // Another page, round or framework draws both rows anew, perhaps after somebody has gone on. What is open in them stays
  // open, where it was, with the focus; what was closed stays closed.
  const ROW = ":is(.pages, .filters)";
  const open = new Map(); // The class of each open menu or list, and how far it is scrolled.
  let focused = "";
  const named = (one) => [one.tagName, one.type, one.name, one.type === "search" || one.value, one.pathname].join();
  const note = (menu) => {
    if (!menu.matches(`${ROW} details`)) return;
    if (!menu.open) open.delete(menu.className);
    else if (!open.has(menu.className)) open.set(menu.className, 0);
  };
  const noteFocus = ({ target }) => (focused = target.closest(`${ROW} details[open] > :not(summary)`) ? named(target) : "");
  const noteScroll = ({ target }) => {
    const menu = target.parentElement;
    if (menu?.isConnected && open.has(menu.className)) open.set(menu.className, target.scrollTop);
  };
  const reopen = (row) => {
    const menus = [...row.querySelectorAll("details")].filter((menu) => open.has(menu.className));
    for (const menu of menus) {
      menu.dispatchEvent(new Event("reopen", { bubbles: true })); // A list is filled before it is scrolled.
      menu.open = true;
    }
    // On a phone lists are within another, which is as long as they are open.
    for (const menu of menus) menu.lastElementChild.scrollTop = open.get(menu.className);
    if (!focused) return;
    const again = [...row.querySelectorAll("details[open] :is(a, input)")].find((one) => named(one) === focused);
    again?.focus({ preventScroll: true });
  };

  // Streamlit opens every link in a text in a new tab, which knows nothing typed here and where Back leads nowhere. Links
  // to pages of this app are opened in place, as by the menus.
  const follow = (event) => {
    const link = event.target.closest("a[target=_blank], :is(.pages, .told) a");
    if (!link || !link.closest("p, li, td, th, .pages") || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (link.closest(".st-key-signed_in")) {
      event.preventDefault(); // Signing out leaves the app, in this tab.
      leaving = true;
      location.assign(link.href);
      return;
    }
    const page = new URL(link.href).pathname.split("/").pop();
    if (link.origin !== location.origin || /[.]/.test(page) || /\/(api|media)\//.test(link.pathname)) return;
    event.preventDefault();
    const menu = link.closest(MENU);
    if (menu) menu.open = false;
    if (link.href === location.href) return;
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };

  // A term in a text links to its glossary entry, behind "?": open the glossary and scroll to that term.
  const TERM = 'a[href*="#term-"]';
  const turnTo = (title, frames = FRAMES) => {
    const terms = [...document.querySelectorAll("[role=dialog] p > strong:first-child")];
    const found = terms.find((one) => one.innerText.trim().toLowerCase() === title);
    if (found) requestAnimationFrame(() => found.scrollIntoView({ block: "center" }));
    else if (frames) requestAnimationFrame(() => turnTo(title, frames - 1));
  };
  const explain = (event) => {
    const link = event.target.closest(TERM);
    const help = link && document.querySelector(".st-key-help button");
    if (!help) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    help.click();
    turnTo(link.innerText.trim().toLowerCase());
  };

  // Touching a help text closes it before the click arrives.
  const explainTouched = (event) => {
    if (event.pointerType === "touch" && event.target.closest("[role=tooltip]")) explain(event);
  };

  // Printing does not need the server: the button calls the browser's own print.
  const print = (event) => {
    if (!event.target.closest(".st-key-print_view button")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.print();
  };

  // Streamlit takes a dialog away only once the whole page behind it is drawn again. A button that ends one closes it at
  // once, after the click has been sent.
  const ENDS = "[role=dialog] :is(.st-key-offer_filter, [class*=st-key-remember_], .st-key-welcome_again) button";
  const end = (event) => {
    const close = event.target.closest(ENDS)?.closest("[role=dialog]").querySelector("button[aria-label=Close]");
    if (close) setTimeout(() => close.click());
  };

  // On a narrow screen tables are shown as cards, so each cell needs the name of its column. Long cells get their own line,
  // short ones share one, and empty ones take no room.
  const narrow = matchMedia("(max-width: 640px)");
  const LONG = 24;
  const card = (table) => {
    const heads = [...table.querySelectorAll("thead th")].map((head) => head.innerText.trim());
    for (const row of table.tBodies[0]?.rows || []) {
      for (const [place, cell] of [...row.cells].entries()) {
        const said = cell.innerText.trim();
        if (heads[place]) cell.dataset.column = heads[place];
        cell.classList.toggle("wide", said.length > LONG || said.includes("\n"));
        cell.classList.toggle("none", !said);
      }
    }
  };
  const TABLE = ".table table";
  const cards = () => narrow.matches && document.querySelectorAll(TABLE).forEach(card);
  narrow.addEventListener("change", cards);

  addEventListener("keydown", shut);
  addEventListener("click", remember, true);
  addEventListener("click", explain, true);
  addEventListener("pointerdown", explainTouched, true);
  addEventListener("click", follow, true);
  addEventListener("click", shut, true);
  addEventListener("focusin", shut);
  addEventListener("focusin", noteFocus);
  addEventListener("scroll", noteScroll, true);
  addEventListener("toggle", opening, true);
  addEventListener("click", print, true);
  addEventListener("click", end, true);
  addEventListener("popstate", speak);
  speak();
  const arrived = (node) => {
    if (node.matches(".pages") || node.querySelector(".pages")) carry();
    for (const row of node.matches(ROW) ? [node] : node.querySelectorAll(ROW)) reopen(row);
    const kept = node.closest(KEEP) || node.querySelector(KEEP);
    if (kept) ask(kept);
    const layer = node.matches(LAYER) ? node : node.querySelector(LAYER);
    if (!layer || entered.has(layer)) return;
    entered.add(layer);
    requestAnimationFrame(() => enter(layer)); // Once it is in its final place.
  };
  new MutationObserver((changes) => {
    if (narrow.matches) {
      const tables = changes.map((change) => {
        const element = change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement;
        return element?.closest(TABLE) || element?.querySelectorAll(TABLE);
      });
      new Set(tables.flatMap((found) => (found instanceof NodeList ? [...found] : found || []))).forEach(card);
    }
    for (const change of changes) {
      if (change.attributeName === "data-test-connection-state") ended();
      else if (change.type === "attributes") note(change.target); // The event for it may come after the row is gone.
      for (const node of change.addedNodes) if (node.nodeType === Node.ELEMENT_NODE) arrived(node);
    }
  }).observe(document.documentElement, {
    childList: true,
    subtree: true,
    attributeFilter: ["open", "data-test-connection-state"],
  });
  // What was drawn before this was loaded.
  arrived(document.body);
  cards();
})();
