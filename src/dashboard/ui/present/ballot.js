// Keeps the page of a phone up to date and sends what is tapped, without leaving the page: of a room that is closed or
// out of reach, people read a sentence here, and not the browser's own page of errors.
(() => {
  "use strict";
  const EVERY = 3000; // Milliseconds until it asks again.
  const LONGEST = 10000; // Milliseconds until an answer counts as lost.
  const main = document.querySelector("main");
  const lost = document.getElementById("lost");
  main.setAttribute("aria-live", "polite");
  let asked = 0;
  let next = 0;

  // What is said of the last tap stays until something else changes, and so does what is being typed.
  const without = (page) => {
    const copy = page.cloneNode(true);
    copy.querySelector(".told")?.remove();
    return copy.innerHTML;
  };
  let shown = without(main);
  const show = (text, always) => {
    const page = new DOMParser().parseFromString(text, "text/html").querySelector("main");
    if (!page) throw new Error("not the page of a room");
    const said = without(page);
    if (said === shown && !always) return;
    shown = said;
    main.replaceChildren(...page.childNodes);
    scrollTo(0, 0);
  };

  const ask = async (sent) => {
    clearTimeout(next);
    const mine = ++asked;
    const given = { ...sent, signal: AbortSignal.timeout?.(LONGEST) };
    try {
      const text = await (await fetch("/vote", given)).text();
      if (mine !== asked) return;
      show(text, Boolean(sent));
      lost.hidden = true;
    } catch {
      if (mine !== asked) return;
      lost.hidden = false;
    }
    wait();
  };
  const wait = () => {
    if (!document.getElementById("ended")) next = setTimeout(ask, EVERY);
  };

  addEventListener("submit", (event) => {
    const { target, submitter } = event;
    // A key opens other pages, and an old browser does not say what was tapped: it sends the form itself.
    if (!main.contains(target) || !submitter) return;
    event.preventDefault();
    const body = new URLSearchParams(new FormData(target));
    if (submitter.name) body.set(submitter.name, submitter.value);
    ask({ method: "POST", body });
  });
  // A phone that was put away asks at once.
  addEventListener("visibilitychange", () => document.hidden || document.getElementById("ended") || ask());
  wait();
})();
