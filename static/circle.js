// @ts-check
// Keeps an intervision circle fresh on its phones: asks now and then whether something was written, and then makes anew what differs,
// without losing what is being typed. Without this everything works by forms and by asking for the page again.
(() => {
  const found = document.querySelector('[data-circle]');
  if (!(found instanceof HTMLElement)) return;
  const circle = found;
  const isTyped = (/** @type {Element} */ part) =>
    [...part.querySelectorAll('textarea, input')].some(
      (one) =>
        (one instanceof HTMLTextAreaElement || (one instanceof HTMLInputElement && one.type === 'text')) &&
        one.value !== one.defaultValue,
    );
  const isBusy = (/** @type {Element} */ part) =>
    isTyped(part) || part.contains(document.activeElement) || part.querySelector('details[open]') !== null;

  // Asking for a document keeps the page a page: no words are ever put in as HTML.
  /** @returns {Promise<Document | null>} */
  const page = () =>
    new Promise((answer, fail) => {
      const asked = new XMLHttpRequest();
      asked.open('GET', location.pathname);
      asked.responseType = 'document';
      asked.onload = () => answer(asked.responseXML);
      asked.onerror = fail;
      asked.send();
    });
  const renew = async () => {
    const fresh = (await page())?.querySelector('[data-circle]');
    const parts = circle.querySelectorAll('[data-fresh]');
    if (!(fresh instanceof HTMLElement) || parts.length === 0) return location.reload();
    const goesOn = fresh.dataset.step !== circle.dataset.step;
    // Another step is another page, once nobody is in the middle of a sentence.
    if (goesOn && ![...parts].some(isTyped)) return location.assign(location.pathname);
    for (const part of parts) {
      const now = fresh.querySelector(`[data-fresh="${part.getAttribute('data-fresh')}"]`);
      if (now && now.innerHTML !== part.innerHTML && !isBusy(part))
        part.replaceChildren(...[...now.childNodes].map((each) => document.importNode(each, true)));
    }
    if (!goesOn) circle.dataset.circle = fresh.dataset.circle;
  };
  const look = async () => {
    try {
      const answer = await fetch(circle.dataset.from ?? '', { cache: 'no-store' });
      if (answer.status === 410) return location.assign(`${location.pathname}?over`);
      if (answer.ok && (await answer.text()) !== circle.dataset.circle) await renew();
    } catch {
      // No line just now: the next look comes by itself.
    }
    setTimeout(look, 3_000 + Math.random() * 1_500);
  };
  setTimeout(look, 3_000);

  setInterval(() => {
    const timer = circle.querySelector('[data-ends-at]');
    const shown = timer?.querySelector('[data-left]');
    if (!(timer instanceof HTMLElement) || !shown) return;
    const left = Math.round((Date.parse(timer.dataset.endsAt ?? '') - Date.now()) / 1_000);
    const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    const words = left > 0 ? clock : (timer.dataset.over ?? '');
    if (shown.textContent !== words) shown.textContent = words;
  }, 1_000);
})();
