import type { RequestEvent } from '@sveltejs/kit';
import type { Desk } from '#modules/publications/sheets/model.ts';
import { today } from '#platform/clock.ts';
import { plainPage } from '#platform/http/plain-page.ts';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { statusOf, type Printing } from '#platform/print/job.ts';

/** Where a sheet is made of the page at this address of the house, with the questions that were asked of it. */
export const deskAt = (
  { locals, url }: Pick<RequestEvent, 'locals' | 'url'>,
  path: string,
  asked?: URLSearchParams,
): Desk => {
  const say = speaker(locals.language, catalogue);
  const questions = asked && asked.size > 0 ? `?${asked.toString()}` : '';
  return { say, today: today(), address: `${url.origin}${say.to(path)}${questions}` };
};

/** Pages as someone's own program shows or prints them, kept nowhere on the way when they are for one person; a kind page with the reason when they cannot be made. */
export function printed(
  { say }: Pick<Desk, 'say'>,
  printing: Printing,
  name: string,
  { kept = true } = {},
): Response {
  if (printing.ok)
    return new Response(new Uint8Array(printing.value.pdf), {
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `inline; filename="${name}.pdf"`,
        'x-robots-tag': 'noindex',
        ...(!kept && { 'cache-control': 'no-store' }),
      },
    });
  const { reason, details } = printing;
  const status = statusOf(reason);
  const text = say(`print.${reason}`, { letters: details.letters ?? '' });
  return plainPage(
    say,
    { status, title: say('sheets.not-now'), text },
    status === 503 ? { 'retry-after': '60' } : {},
  );
}
