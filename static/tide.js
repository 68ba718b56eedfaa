// @ts-check
// The tide moves with the slider: each stone grows to what lay there that year. Without script the form does the same.
(() => {
  const form = document.querySelector('[data-tide]');
  const slider = form?.querySelector('input');
  const said = form?.querySelector('output');
  const group = /** @type {SVGGElement | null} */ (document.querySelector('[data-first]'));
  if (!form || !slider || !group) return;
  const first = Number(group.dataset.first);
  slider.addEventListener('input', () => {
    if (said) said.value = slider.value;
    for (const stone of group.querySelectorAll('circle')) {
      const count = Number(stone.dataset.n?.split(',')[Number(slider.value) - first]);
      stone.setAttribute('r', String(count ? Math.round(5 + 5 * Math.sqrt(count)) : 0));
    }
    for (const year of document.querySelectorAll('a[data-year]')) {
      if (/** @type {SVGAElement} */ (year).dataset.year === slider.value)
        year.setAttribute('aria-current', 'true');
      else year.removeAttribute('aria-current');
    }
  });
  slider.addEventListener('change', () => /** @type {HTMLFormElement} */ (form).requestSubmit());
})();
