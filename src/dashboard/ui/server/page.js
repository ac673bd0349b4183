// What Streamlit leaves to the page it runs in: its language and size, where focus goes, the keys of a tour and of the search, links
// that stay here, and print.
(() => {
  "use strict";

  // Streamlit's page says "en", whatever is written on it; and a projector wants larger type.
  const speak = () => {
    const asked = new URLSearchParams(location.search);
    // Not when it says so already: to write it makes the browser style the page anew, charts of the address before and all.
    const lang = asked.get("lang") || "en";
    if (document.documentElement.lang !== lang) document.documentElement.lang = lang;
    document.documentElement.classList.toggle("large", asked.get("large") === "yes");
  };
  // Nothing tells when a page writes its own address; and with every change of the page it would be asked in vain.
  for (const way of ["pushState", "replaceState"]) {
    const written = history[way];
    history[way] = function (...given) {
      written.apply(this, given);
      speak();
    };
  }

  // A button whose name says so is remembered by the browser, a year or as long as it likes; the server reads it.
  const YEAR = 365 * 24 * 60 * 60;
  const remember = (event) => {
    const named = event.target.closest("[class*=st-key-remember_]");
    if (!named || !event.target.closest("button")) return;
    const [, name, value] = named.className.match(/st-key-remember_([a-z]+)_([a-z]+)/);
    document.cookie = `dashboard_${name}=${value}; path=/; max-age=${YEAR}; samesite=lax`;
    if (name === "look") scheme.dispatchEvent(new Event("change"));
  };

  // What only this browser is to keep waits on the server under a name; the answer brings it as a cookie.
  const KEEP = "[class*=st-key-keep_]";
  const asked_for = new Set();
  const keep = (layer) => {
    const [, name] = layer.className.match(/st-key-keep_(\w+)/);
    if (asked_for.has(name)) return;
    asked_for.add(name);
    fetch(`./keep/${name}`, { method: "POST", keepalive: true });
  };

  // Streamlit follows the system, light or dark, and nothing else while its own menu is hidden. Whoever has chosen
  // otherwise is told so in the place of the system.
  const DARK = "(prefers-color-scheme: dark)";
  const system = matchMedia(DARK);
  const scheme = new EventTarget();
  const chosen = () => (document.cookie.match(/(?:^|; )dashboard_look=(light|dark)/) || [])[1];
  const isDark = () => (chosen() ? chosen() === "dark" : system.matches);
  Object.defineProperties(scheme, { media: { value: DARK }, matches: { get: isDark } });
  system.addEventListener("change", () => scheme.dispatchEvent(new Event("change")));
  const asked = matchMedia.bind(window);
  window.matchMedia = (query) => (query === DARK ? scheme : asked(query));

  // What a button opens is a layer at the end of the document: without this it takes some thirty presses of Tab to get
  // into it. A list that stands alone in it opens too, so that a filter is one click.
  const coarse = matchMedia("(pointer: coarse)");
  const FRAMES = 120; // What a layer holds may still be on its way to the browser.
  const shown = (layer, which) => [...layer.querySelectorAll(which)].filter((element) => element.checkVisibility());
  const enter = (layer, frames = FRAMES) => {
    const lists = shown(layer, "[role=combobox]");
    const within = shown(layer, "input:not([type=hidden]), textarea, a[href], button");
    if (!within.length) {
      if (frames && layer.isConnected) requestAnimationFrame(() => enter(layer, frames - 1));
      return;
    }
    if (coarse.matches && lists.length) return; // The keyboard of a phone would cover what was opened.
    (within.find((element) => element.checked) || within[0]).focus({ preventScroll: true });
    const [opener] = shown(layer, "button[aria-haspopup=listbox]");
    if (lists.length === 1 && opener && opener.getAttribute("aria-expanded") === "false") opener.click();
  };
  const entered = new WeakSet();
  const LAYER = "[role=dialog][data-st-overlay-root], .st-key-search_typed";

  // A remote control sends Page Up and Page Down, which Streamlit heeds; whoever sits at the keyboard tries arrows.
  const KEYS = { ArrowRight: "next", ArrowLeft: "previous", Escape: "leave" };
  const taken = "input, textarea, select, [contenteditable], [role=radio], [role=tab], [role=slider], [role=option]";
  const turn = (event) => {
    const name = KEYS[event.key];
    if (!name || event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest(taken) || document.querySelector(`[role=dialog], [role=listbox], ${MENU}[open]`)) return;
    const button = document.querySelector(`.st-key-tour_${name} button:not([disabled])`);
    if (!button) return;
    event.preventDefault();
    button.click();
  };

  // Ctrl+K and / open the search, the arrows go from its box through what it finds; Enter there follows a link by itself,
  // and in the box opens the first of what is found, once that is of what stands in the box.
  const field = "input, textarea, select, [contenteditable]";
  const press = (which, frames = FRAMES) => {
    const button = document.querySelector(which); // A page that has just been opened may not have drawn it yet.
    if (button) button.click();
    else if (frames) requestAnimationFrame(() => press(which, frames - 1));
  };
  const seek = (event) => {
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey;
    const control = event.key.toLowerCase() === "k" && event.ctrlKey !== event.metaKey && !event.shiftKey;
    if (event.defaultPrevented || event.altKey || !(slash || control)) return;
    if (event.target.closest(field) || document.querySelector("[role=dialog], [role=listbox]")) return;
    event.preventDefault();
    press(".st-key-search_open button");
  };
  const walk = (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const dialog = step && event.target.closest("[role=dialog]");
    const box = dialog && dialog.querySelector(".st-key-search_typed input");
    if (!box) return;
    const all = [box, ...shown(dialog, "a[href], summary")];
    event.preventDefault();
    all[all.indexOf(event.target) + step]?.focus();
  };
  const openFirst = (box, sought, frames = 5 * FRAMES) => {
    if (!box.isConnected || box.value.trim() !== sought || !frames) return;
    const sum = [...sought].reduce((all, letter) => all + letter.codePointAt(0), 0);
    const found = document.querySelector(`.st-key-found_of_${sum}`);
    const [link] = found ? shown(found, "a[href]") : [];
    if (link) link.click();
    else requestAnimationFrame(() => openFirst(box, sought, frames - 1)); // What is found comes in pieces.
  };
  const choose = (event) => {
    const box = event.key === "Enter" && event.target.closest(".st-key-search_typed input");
    if (box && box.value.trim() && !event.isComposing) openFirst(box, box.value.trim());
  };

  // A menu of pages takes the keyboard when it opens; a click beside it, another menu, or Escape closes it.
  const MENU = ".pages details";
  const opening = (event) => event.target.matches(MENU) && event.target.open && event.target.querySelector("a").focus();
  const shut = (event) => {
    if (event.type === "keydown" && event.key !== "Escape") return;
    for (const menu of document.querySelectorAll(`${MENU}[open]`)) {
      const within = menu.contains(event.target);
      if (event.type !== "keydown" && within) continue;
      menu.open = false;
      if (within) menu.querySelector("summary").focus();
    }
  };

  // Streamlit opens every link that stands in a text in a tab of its own, where nothing typed here is known, and whose
  // Back leads nowhere. Those that lead to a page of this app turn to it, as the menus do.
  const follow = (event) => {
    const link = event.target.closest("a[target=_blank], .pages a");
    if (!link || !link.closest("p, li, td, .pages") || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const page = new URL(link.href).pathname.split("/").pop();
    if (link.origin !== location.origin || /[.]/.test(page) || /\/(api|media)\//.test(link.pathname)) return;
    event.preventDefault();
    if (link.closest(MENU)) link.closest(MENU).open = false;
    if (link.href === location.href) return;
    history.pushState({}, "", link.href);
    dispatchEvent(new PopStateEvent("popstate", { state: {} }));
  };

  // A term in a text leads to what the glossary says of it, which stands behind "?": opened, it is turned to that term.
  const TERM = 'a[href*="#term-"]';
  const turnTo = (title, frames = 5 * FRAMES) => {
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

  // A finger on a help puts it away before it has clicked.
  const explainTouched = (event) => {
    if (event.pointerType === "touch" && event.target.closest("[role=tooltip]")) explain(event);
  };

  // Paper has no use for the server: the button is the browser's own print.
  const print = (event) => {
    if (!event.target.closest(".st-key-print_view button")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    window.print();
  };

  // A table on a narrow screen is read as cards: each cell has to say of which column it is. What is long has a line of
  // its own, what is short shares one; a cell that says nothing takes no room.
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
  const TABLE = "[data-testid=stTable] table";
  const cards = () => narrow.matches && document.querySelectorAll(TABLE).forEach(card);
  narrow.addEventListener("change", cards);

  for (const pressed of [turn, seek, walk, choose, shut]) addEventListener("keydown", pressed);
  addEventListener("click", remember, true);
  addEventListener("click", explain, true);
  addEventListener("pointerdown", explainTouched, true);
  addEventListener("click", follow, true);
  addEventListener("click", shut, true);
  addEventListener("focusin", shut);
  addEventListener("toggle", opening, true);
  addEventListener("click", print, true);
  addEventListener("popstate", speak);
  speak();
  new MutationObserver((changes) => {
    if (narrow.matches) {
      const tables = changes.map((change) => {
        const element = change.target.nodeType === Node.ELEMENT_NODE ? change.target : change.target.parentElement;
        return element?.closest(TABLE) || element?.querySelectorAll(TABLE);
      });
      new Set(tables.flatMap((found) => (found instanceof NodeList ? [...found] : found || []))).forEach(card);
    }
    for (const change of changes) {
      for (const node of change.addedNodes) {
        if (node.nodeType !== Node.ELEMENT_NODE) continue;
        const kept = node.closest(KEEP) || node.querySelector(KEEP);
        if (kept) keep(kept);
        const layer = node.matches(LAYER) ? node : node.querySelector(LAYER);
        if (!layer || entered.has(layer)) continue;
        entered.add(layer);
        requestAnimationFrame(() => enter(layer)); // Once it stands where it is to be.
      }
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
