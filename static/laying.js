// @ts-check
// Choosing words in a paragraph puts them in the box below, and ticks that paragraph alone. Without this, words are pasted.
(() => {
  document.addEventListener('selectionchange', () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    const from = range.startContainer.parentElement?.closest('[data-words]');
    const words = range.toString().trim();
    if (!from || !from.contains(range.endContainer) || words === '') return;
    const form = from.closest('form');
    const box = form?.elements.namedItem('exact');
    if (!form || !(box instanceof HTMLTextAreaElement)) return;
    box.value = words;
    for (const tick of form.querySelectorAll('input[name="block"]'))
      if (tick instanceof HTMLInputElement) tick.checked = tick.value === from.getAttribute('data-words');
  });
})();
