import type { MessageKey } from '../i18n/keys.ts';
import type { Speech } from '../i18n/speech.ts';

const statuses = { 403: 403, 405: 405, 413: 413, 415: 415, ended: 403 } as const;

/** A page of two sentences in the reader's language, for what is refused before any page is drawn; for what is no page, with sentences of its own. */
export function plainPage(
  say: Speech,
  why: keyof typeof statuses | { readonly status: number; readonly title: string; readonly text: string },
  headers: Readonly<Record<string, string>> = {},
): Response {
  const text = (part: 'title' | 'text') =>
    typeof why === 'object' ? why[part] : say(`platform.error.${why}.${part}` satisfies MessageKey);
  const home = `<p><a href="${say.to('/')}">${say('platform.error.home')}</a></p>`;
  const html = `<!doctype html><html lang="${say.language}" dir="${say.direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text('title')}</title><main><h1>${text('title')}</h1><p>${text('text')}</p>${home}</main></html>`;
  return new Response(html, {
    status: typeof why === 'object' ? why.status : statuses[why],
    headers: { 'cache-control': 'no-store', ...headers, 'content-type': 'text/html; charset=utf-8' },
  });
}
