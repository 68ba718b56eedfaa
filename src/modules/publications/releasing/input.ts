/** What changed since the edition before, in words; what is longer than anyone reads there is cut. */
export const parseChanged = (form: FormData): string => {
  const typed = form.get('changed');
  return typeof typed === 'string' ? typed.replaceAll('\r\n', '\n').trim().slice(0, 2_000) : '';
};
