// @ts-check
// Dragging a statement to a heap ticks it, chooses the heap and sends the same form as the button does. Without this, and with a
// keyboard, one ticks and chooses.
(() => {
  if (!('PointerEvent' in window)) return;
  document.documentElement.dataset.drags = '';
  /** @type {{ item: HTMLElement, form: HTMLFormElement, x: number, y: number, scrolled: number, over: Element | null } | null} */
  let held = null;

  const heapAt = (/** @type {number} */ x, /** @type {number} */ y) =>
    document.elementFromPoint(x, y)?.closest('[data-heap]') ?? null;
  const letGo = () => {
    held?.over?.removeAttribute('data-over');
    held?.item.removeAttribute('data-held');
    if (held) held.item.style.transform = '';
    held = null;
  };

  document.addEventListener('pointerdown', (event) => {
    const handle = event.target instanceof Element ? event.target.closest('[data-handle]') : null;
    const item = /** @type {HTMLElement | null} */ (handle?.closest('[data-lies]'));
    const form = item?.closest('form');
    if (!handle || !item || !form || event.button !== 0) return;
    event.preventDefault();
    held = { item, form, x: event.clientX, y: event.clientY, scrolled: scrollY, over: null };
    item.dataset.held = '';
  });
  document.addEventListener('pointermove', (event) => {
    if (!held) return;
    // The page was made anew under the finger: nothing is dragged any more.
    if (!held.item.isConnected) return letGo();
    const { clientX, clientY } = event;
    if (clientY < 80) scrollBy(0, -12);
    else if (clientY > innerHeight - 80) scrollBy(0, 12);
    held.item.style.transform = `translate(${clientX - held.x}px, ${clientY - held.y + scrollY - held.scrolled}px)`;
    const over = heapAt(clientX, clientY);
    if (over === held.over) return;
    held.over?.removeAttribute('data-over');
    over?.setAttribute('data-over', '');
    held.over = over;
  });
  document.addEventListener('pointerup', (event) => {
    if (!held) return;
    const { item, form } = held;
    const heap = heapAt(event.clientX, event.clientY);
    letGo();
    if (!item.isConnected || !heap || heap === item.closest('[data-heap]')) return;
    for (const each of /** @type {NodeListOf<HTMLInputElement>} */ (
      form.querySelectorAll('input[name=statement]')
    ))
      each.checked = item.contains(each);
    const [where, title] = [form.elements.namedItem('issue'), form.elements.namedItem('title')];
    if (where instanceof HTMLSelectElement)
      where.value = /** @type {HTMLElement} */ (heap).dataset.heap ?? '';
    if (title instanceof HTMLInputElement) title.value = '';
    form.requestSubmit();
  });
  document.addEventListener('pointercancel', letGo);
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && letGo());
})();
