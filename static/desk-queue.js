// @ts-check
// In the list of what waits: j and k step, x ticks, Enter opens (as it does anyway). Elsewhere these keys are just letters.
(() => {
  const queue = document.querySelector('[data-queue]');
  if (!queue) return;
  const rows = [...queue.children];
  const rowOf = () => rows.findIndex((row) => row.contains(document.activeElement));
  const go = (/** @type {number} */ at) => rows[at]?.querySelector('a')?.focus();
  queue.addEventListener('keydown', (pressed) => {
    const event = /** @type {KeyboardEvent} */ (pressed);
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = rowOf();
    if (event.key === 'j') go(Math.min(at + 1, rows.length - 1));
    else if (event.key === 'k') go(Math.max(at - 1, 0));
    else if (event.key === 'x') rows[at]?.querySelector('input')?.click();
    else return;
    event.preventDefault();
  });
})();
