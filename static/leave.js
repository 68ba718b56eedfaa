// @ts-check
// Leaving quickly takes the place of this page, so that 'back' does not return to it. Three times Escape does the same.
(() => {
  const way = /** @type {HTMLAnchorElement | null} */ (document.querySelector('a.leave'));
  if (!way) return;
  const leave = () => location.replace(way.href);
  way.addEventListener('click', (event) => {
    event.preventDefault();
    leave();
  });
  let pressed = 0;
  addEventListener('keydown', (event) => {
    pressed = event.key === 'Escape' ? pressed + 1 : 0;
    if (pressed === 3) leave();
  });
})();
