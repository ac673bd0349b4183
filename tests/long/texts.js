// Every text that stands in the page: runs of text under one element, values of fields, and names for those who hear it.
() => {
    const found = [];
    const about = (element) => ({
        place: element.tagName + "." + (element.closest("[data-testid^=st]")?.dataset.testid ?? ""),
        coded: element.closest("code, pre") !== null && element.closest("[data-testid=stCode]") === null,
        chart: element.closest("svg") !== null,
        markdown: element.closest("[data-testid=stMarkdownContainer], [data-testid=stCaptionContainer]") !== null,
    });
    // A span without anything in it is how a page cuts an address in two, so that no link is made of it.
    const empty = (node) => node.nodeName === "SPAN" && node.childNodes.length === 0;
    for (const element of document.body.querySelectorAll(":not(script, style, noscript, tspan)")) {
        // A text of a chart that is set on several lines, one element each.
        let run = [...element.querySelectorAll(":scope > tspan")].map((line) => line.textContent).join(" ");
        for (const node of [...element.childNodes, null]) {
            if (node !== null && node.nodeType === Node.TEXT_NODE) run += node.data;
            else if (node === null || !empty(node)) {
                if (/(qz|zq)\d\d/.test(run)) found.push({ text: run, ...about(element) });
                run = "";
            }
        }
        for (const value of [element.value, ...["aria-label", "title", "alt", "placeholder"].map((name) => element.getAttribute(name))])
            if (typeof value === "string" && /(qz|zq)\d\d/.test(value))
                found.push({ text: value, ...about(element), place: "a name or value of " + about(element).place, markdown: false, coded: false });
    }
    return found;
}
