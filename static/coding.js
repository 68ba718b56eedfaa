// @ts-check
// Choosing words in a block fills in the form below it, so that a tap on a code is enough. Without this, words are pasted.
(() => {
  let chosen = '';
  document.addEventListener('selectionchange', () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    const from = range.startContainer.parentElement?.closest('[data-words]');
    if (!from || !from.contains(range.endContainer)) return;
    const before = document.createRange();
    before.setStart(from, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    const words = range.toString();
    const block = from.getAttribute('data-words') ?? '';
    if (chosen === `${block} ${start} ${words}`) return;
    chosen = `${block} ${start} ${words}`;
    const details = document.querySelector(`[data-coding="${block}"]`);
    const form = details?.querySelector('form');
    if (!(details instanceof HTMLDetailsElement) || !form) return;
    const fill = (/** @type {string} */ name, /** @type {string} */ value) => {
      const field = form.elements.namedItem(name);
      if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
    };
    fill('start', String(start));
    fill('end', String(start + words.length));
    fill('words', words);
    details.open = true;
  });
  // Whoever changes the words by hand means those words, wherever they stand.
  document.addEventListener('input', ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement) || target.name !== 'words') return;
    for (const name of ['start', 'end']) {
      const field = target.form?.elements.namedItem(name);
      if (field instanceof HTMLInputElement) field.value = '';
    }
  });
})();
