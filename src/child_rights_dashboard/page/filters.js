// Marks in the filter bar and in the choices of a page what the address holds, and writes every choice to it. The server
// sends the same in each run, so that the browser draws nothing anew and an open list keeps its place, its focus and what
// was typed.
import { keep } from "./keep.js";

(() => {
  "use strict";

  // The style of the bar hides its plain form from here on.
  document.documentElement.dataset.scripted = "";
  const BAR = ".filters";
  const CHOICES = ".choices";
  const codes = (asked, name) => (asked.get(name) || "").split(",").filter(Boolean);
  const field = (box) => box.closest("fieldset").dataset.field;
  // What a list holds lies in a template until it is first opened: the browser draws nothing that nobody looks at.
  const boxes = (list) => {
    const unopened = list.querySelector("template");
    return [...(unopened ? unopened.content : list).querySelectorAll("label > input")];
  };
  const fill = (menu) => {
    const unopened = menu?.matches(`${BAR} details`) && menu.querySelector(":scope > fieldset > template");
    if (unopened) unopened.replaceWith(unopened.content);
  };
  const made = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

  // A choice is read from the address at that moment, so that of two quick clicks both count. Streamlit asks for the new
  // address as if Back had led there.
  const ask = (change) => {
    const asked = new URLSearchParams(location.search);
    change(asked);
    const search = `?${asked}`;
    if (search !== `?${new URLSearchParams(location.search)}`) {
      history.pushState({}, "", location.pathname + search);
      dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    }
    markSoon();
  };
  const write = (name, chosen) => ask((asked) => (chosen.length ? asked.set(name, chosen.join(",")) : asked.delete(name)));
  // Another language is another page, and the browser remembers it: then addresses need not name it.
  const speak = (lang) => {
    keep("lang", lang);
    const asked = new URLSearchParams(location.search);
    asked.delete("lang");
    location.replace(`${location.pathname}?${asked}`);
  };
  const take = (box) => {
    if (field(box) === "lang") return speak(box.value);
    if (box.type === "radio" || !box.value) return write(field(box), box.value ? [box.value] : []);
    const places = new Map(boxes(box.closest("fieldset")).map((one) => [one.value, Number(one.dataset.place)]));
    const held = new Set(codes(new URLSearchParams(location.search), field(box)));
    if (box.checked) held.add(box.value);
    else held.delete(box.value);
    write(field(box), [...held].sort((one, other) => places.get(one) - places.get(other)));
  };

  // Choices of a page hold one code each. What the page shows anyway is not written, except that a switch is off.
  const controls = (choice) => (choice.matches("select") ? [...choice.options] : [...choice.querySelectorAll("input")]);
  const choose = (control) => {
    const choice = control.closest("[data-field]");
    const one = controls(choice).find((each) => (control === choice ? each.selected : each === control));
    if (one.type === "checkbox") return write(choice.dataset.field, [one.checked ? one.value : "no"]);
    const { field: name, along = "" } = choice.dataset;
    ask((asked) => {
      if (one.defaultChecked || one.defaultSelected) asked.delete(name);
      else asked.set(name, one.value);
      if (along) asked.set(...along.split("="));
    });
  };
  const stands = (one, held) => one.value === held || (one.dataset.holds || "").split(" ").includes(held);
  const show = (choice, held) => {
    const all = controls(choice);
    const known = held && (all.length === 1 || all.some((one) => stands(one, held)));
    for (const one of all) {
      const plain = one.defaultChecked || one.defaultSelected || false;
      one[choice.matches("select") ? "selected" : "checked"] = known ? stands(one, held) : plain;
    }
  };

  // The button says what is chosen, in bold if it narrows; its tooltip says everything.
  const say = (list, chosen) => {
    const summary = list.parentElement.querySelector("summary");
    const [first, ...more] = chosen;
    const said = made(first && !first.defaultChecked ? "b" : "span", first ? first.dataset.title : list.dataset.label);
    summary.replaceChildren(said, more.length ? ` +${more.length}` : "");
    if (first) summary.dataset.of = list.dataset.label; // Shown where filters stand below each other.
    else delete summary.dataset.of;
    summary.title = first ? `${list.dataset.label}: ${chosen.map((box) => box.dataset.title).join(", ")}` : "";
    const narrows = Boolean(first) && !first.defaultChecked && boxes(list).some((box) => box.defaultChecked);
    list.closest(".filter").querySelector(".clear").hidden = !narrows;
    return narrows;
  };
  let planned = false;
  const mark = () => {
    planned = false;
    const asked = new URLSearchParams(location.search);
    for (const choice of document.querySelectorAll(`${CHOICES} [data-field]`)) show(choice, asked.get(choice.dataset.field));
    const bar = document.querySelector(BAR);
    if (!bar) return;
    let narrowing = 0;
    for (const list of bar.querySelectorAll("fieldset")) {
      const all = boxes(list);
      const held = codes(asked, list.dataset.field);
      for (const box of all) box.checked = held.length ? held.includes(box.value) : box.defaultChecked;
      if (say(list, all.filter((box) => box.checked && box.value))) narrowing += 1;
    }
    const whole = bar.querySelector(".filter_all");
    if (whole) {
      const { none, some } = whole.dataset;
      whole.querySelector("summary").textContent = narrowing ? some.replace("{n}", narrowing) : none;
    }
  };

  // One click changes the address several times, and asking the server comes before marking what was asked.
  const markSoon = () => {
    if (planned) return;
    planned = true;
    queueMicrotask(() => planned && mark());
  };

  // What is folded stays in the bar while something is chosen in it: the style of the bar sees to that.
  const unfold = (more) => {
    const { other } = more.dataset;
    more.dataset.other = more.textContent;
    more.textContent = other;
    more.ariaExpanded = String(more.ariaExpanded !== "true");
  };

  const changed = ({ target }) => {
    if (target.matches(`${CHOICES} :is(input, select)`)) choose(target);
    if (target.matches(`${BAR} label > input`)) take(target);
  };
  const clicked = ({ target }) => {
    fill(target.closest("summary")?.parentElement);
    const reset = target.closest(`${BAR} .reset`);
    if (reset) ask((asked) => reset.dataset.cleared.split(" ").forEach((name) => asked.delete(name)));
    const more = target.closest(`${BAR} .more`);
    if (more) unfold(more);
    const clear = target.closest(`${BAR} .clear`);
    if (!clear) return;
    const list = clear.parentElement.querySelector("fieldset");
    write(list.dataset.field, []);
    mark();
    const button = clear.parentElement.querySelector("summary");
    (button.checkVisibility() ? button : document.querySelector(`${BAR} .more`)).focus();
  };

  // Whatever is typed above a list leaves the options that contain it, whatever their case and accents; Enter chooses the
  // first of them. Arrow keys move through the list; those of a list with one choice are the browser's own.
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const sift = ({ target }) => {
    if (!target.matches(`${BAR} input[type=search]`)) return;
    const sought = plain(target.value.trim());
    for (const box of boxes(target.closest("fieldset"))) {
      box.parentElement.hidden = Boolean(sought) && !(box.value && plain(box.dataset.title).includes(sought));
    }
  };
  const walk = (event) => {
    const { target, key } = event;
    const list = target.closest?.(`${BAR} fieldset`);
    if (!list || target.type === "radio" || !["Enter", "ArrowDown", "ArrowUp"].includes(key) || event.isComposing) return;
    event.preventDefault();
    const all = [...list.querySelectorAll("input")].filter((box) => !box.parentElement.hidden);
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    if (step) return all[all.indexOf(target) + step]?.focus();
    if (target.type !== "search") return target.click();
    if (!target.value.trim()) return;
    all[1]?.click();
    target.select();
  };

  // What opens stays within the window, and a list is whole again when it is next opened.
  const toggled = ({ target }) => {
    if (!target.matches(`${BAR} details, .explained`)) return;
    fill(target);
    const list = target.lastElementChild;
    list.style.translate = "";
    const beyond = list.getBoundingClientRect().right - document.documentElement.clientWidth + 8;
    if (target.open && beyond > 0) list.style.translate = `${-beyond}px`;
    for (const box of target.open ? [] : list.querySelectorAll("input[type=search]")) {
      box.value = "";
      sift({ target: box });
    }
  };

  addEventListener("change", changed);
  addEventListener("click", clicked);
  addEventListener("input", sift);
  addEventListener("keydown", walk);
  addEventListener("toggle", toggled, true);
  addEventListener("reopen", ({ target }) => fill(target));
  addEventListener("address", markSoon);
  new MutationObserver((changes) => {
    for (const node of changes.flatMap((change) => [...change.addedNodes])) {
      if (node.nodeType !== Node.ELEMENT_NODE) continue;
      const marked = `${BAR}, ${CHOICES}`;
      if (node.matches(marked) || node.querySelector(marked)) mark();
    }
  }).observe(document.documentElement, { childList: true, subtree: true });
})();
