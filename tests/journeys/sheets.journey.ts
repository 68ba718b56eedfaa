import { inject, expect, test } from 'vitest';

const house = inject('journeyUrl');
const ask = (path: string) => fetch(`${house}${path}`, { redirect: 'manual' });
const linked = async (path: string, part: RegExp) => part.exec(await (await ask(path)).text())?.[0] ?? '';

test.each(['nl', 'ar', 'ti'])(
  'what hangs on a wall or goes along on paper can be had in %s',
  async (language) => {
    const agenda = await linked(`/${language}/agendas`, new RegExp(`/${language}/agendas/[a-z0-9-]+`));
    const addresses = [
      await linked(`/${language}/initiatives/takecarebnb`, /[^"]*\/print\.pdf/),
      (await linked(`/${language}/chains?from=takecarebnb`, /[^"]*\/print\.pdf[^"]*/)).replaceAll(
        '&amp;',
        '&',
      ),
      await linked(agenda, /[^"]*\/sheet\.pdf/),
      await linked(`/${language}/words`, /[^"]*\/print\.pdf/),
    ];
    for (const address of addresses) {
      const answer = await ask(address);
      const bytes = Buffer.from(await answer.arrayBuffer());
      expect([answer.status, answer.headers.get('content-type')], address).toEqual([200, 'application/pdf']);
      expect(bytes.subarray(0, 5).toString(), address).toBe('%PDF-');
      expect(bytes.includes('pdfuaid') || bytes.length > 10_000, address).toBe(true);
      // Who comes next is answered from what is kept, and may say what they have.
      expect(answer.headers.get('etag'), address).not.toBeNull();
    }
  },
);

test('what does not exist is not there on paper either, and who is meant is asked on the page', async () => {
  for (const path of [
    '/nl/initiatives/niets-hier/print.pdf',
    '/nl/agendas/niets/sheet.pdf',
    '/nl/tellings/abcdefghij/card.pdf',
  ])
    expect((await ask(path)).status, path).toBe(404);
  const unsure = await ask('/nl/chains/print.pdf?from=zzzzzzzz');
  expect([unsure.status, unsure.headers.get('location')?.startsWith('/nl/chains?from=zzzzzzzz')]).toEqual([
    303,
    true,
  ]);
});
