// Streamlit's own words in the reader's language. The words come with the page (data-words of
// the script element); the original English is kept, so that another language can follow at once.
"use strict";
(() => {
  const script = document.currentScript
    ?? Array.from(document.querySelectorAll("script[data-words]")).at(-1);
  const page = (window.campaignsWords ??= { originals: new WeakMap() });
  page.config = JSON.parse(script.dataset.words);
  document.documentElement.lang = page.config.language;

  const ATTRIBUTES = ["aria-label", "placeholder", "title", "alt"];
  const CUSTOMERS = "[data-testid=stMarkdownContainer], [data-testid=stText], textarea, script, style";
  const OURS = "[data-testid=stFileUploader], [data-testid=stToolbar], [data-testid=stDialog] button";

  page.translate = (text) => {
    const { words, patterns } = page.config;
    const key = text.trim();
    if (!key) return text;
    if (Object.hasOwn(words, key)) return text.replace(key, () => words[key]);
    for (const [pattern, shape] of patterns) {
      const found = new RegExp(pattern).exec(key);
      if (found) return shape.replaceAll(/\{(\d)\}/g, (_, n) => page.figure(found[n] ?? ""));
    }
    return text;
  };

  // Only English has a point before its decimals.
  page.figure = (text) =>
    page.config.language === "en" ? text : text.replace(/^(\d+)\.(\d+)$/, "$1,$2");

  // What stands there is either our own translation (then its original counts) or new.
  const shown = (node, place, now) => {
    let places = page.originals.get(node);
    if (!places) page.originals.set(node, (places = {}));
    const kept = places[place];
    const original = kept && kept.shown === now ? kept.original : now;
    places[place] = { original, shown: page.translate(original) };
    return places[place].shown;
  };

  const translateText = (node) => {
    const parent = node.parentElement;
    if (!parent || (parent.closest(CUSTOMERS) && !parent.closest(OURS))) return;
    const text = shown(node, "text", node.data);
    if (text !== node.data) node.data = text;
  };

  const translateAttributes = (element) => {
    for (const name of ATTRIBUTES) {
      const value = element.getAttribute(name);
      if (!value) continue;
      const text = shown(element, name, value);
      if (text !== value) element.setAttribute(name, text);
    }
  };

  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return translateText(node);
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    translateAttributes(node);
    node.childNodes.forEach(walk);
  };
  page.walk = walk;
  walk(document.body);

  page.observer ??= new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach((node) => page.walk(node));
      else page.walk(change.target);
    }
  });
  page.observer.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true,
    attributeFilter: ATTRIBUTES,
  });
})();
