// The editor of letters: puts marks at the cursor, and goes to the place of a remark. Streamlit
// knows neither the cursor nor the selection of its fields.
"use strict";
(() => {
  if (window.campaignsLetters) return;
  const page = (window.campaignsLetters = { last: null, turn: null });
  const FIELDS = ".st-key-letter-editor textarea, .st-key-letter-editor input[type=text]";
  const BODIES = '.st-key-letter-editor [class*="st-key-letter-field-"][class*="-body"] textarea';
  const TRIES = 40;

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches?.(FIELDS)) page.last = target;
  });

  // The field keeps its cursor while a mark is pressed.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest?.("[data-mark]")) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const mark = event.target.closest?.("[data-mark]");
    if (mark) put(mark.dataset.mark);
  });

  const put = (mark) => {
    let field = page.last?.isConnected ? page.last : null;
    if (!field) {
      field = document.querySelector(BODIES);
      if (!field) return;
      field.focus();
      field.setSelectionRange(field.value.length, field.value.length);
    }
    field.focus();
    const before = field.value.slice(0, field.selectionStart);
    const after = field.value.slice(field.selectionEnd);
    // execCommand keeps the browser's undo, and React hears of it.
    document.execCommand("insertText", false, fitted(mark, before, after, field));
  };

  // A block stands between empty lines, a line of the head has no line breaks at all.
  const fitted = (mark, before, after, field) => {
    if (field.tagName === "INPUT") return mark.trim().replaceAll(/\s*\n\s*/g, " ");
    const lead = mark.match(/^\n*/)[0].length;
    if (!lead) return mark;
    const had = before ? before.match(/\n*$/)[0].length : lead;
    const has = after.match(/^\n*/)[0].length;
    return "\n".repeat(Math.max(lead - had, 0)) + mark.trim() + "\n".repeat(Math.max(lead - has, 0));
  };

  const jump = () => {
    const asked = document.querySelector("i.letter-jump[data-turn]");
    if (!asked || asked.dataset.turn === page.turn) return;
    page.turn = asked.dataset.turn;
    go(asked.dataset, TRIES);
  };

  const go = ({ field, start, end }, tries) => {
    const place = document.querySelector(`.st-key-${field}`);
    const found = place?.querySelector("textarea, input");
    if (!found) {
      if (tries) setTimeout(() => go({ field, start, end }, tries - 1), 100);
      return;
    }
    found.focus({ preventScroll: true });
    found.setSelectionRange?.(Number(start), Number(end));
    if (found.tagName === "TEXTAREA") found.scrollTop = Math.max(height(found, Number(start)) - 80, 0);
    found.scrollIntoView({ block: "center", behavior: "smooth" });
    place.classList.add("letter-found");
    setTimeout(() => place.classList.remove("letter-found"), 2500);
  };

  // How far down a character stands: a copy of the field that ends there is measured.
  const height = (field, at) => {
    const copy = field.cloneNode();
    copy.value = field.value.slice(0, at);
    copy.style.cssText += `;position:absolute;visibility:hidden;height:0;width:${field.clientWidth}px`;
    field.parentNode.append(copy);
    const found = copy.scrollHeight;
    copy.remove();
    return found;
  };

  new MutationObserver(jump).observe(document.body, {
    subtree: true, childList: true, attributes: true, attributeFilter: ["data-turn"],
  });
  jump();
})();
