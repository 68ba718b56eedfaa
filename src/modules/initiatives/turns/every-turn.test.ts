import { beforeAll, describe, expect, test } from 'vitest';
import { aMember, aPerson } from '#modules/people/testing.ts';
import { byLink, visitor } from '#platform/viewer.ts';
import { ownDatabase } from '../../../../tests/support/database.ts';
import { aField, layField } from '../testing.ts';
import { turnKinds } from './model.ts';
import { aLinkTo, fieldOf, typedFor } from './testing.ts';

const database = ownDatabase();
const { admin, idOf, tell, read } = fieldOf(database);
let near: string;
let far: string;
const deeds = turnKinds.filter((kind) => kind !== 'changed');
const tellers = ['lid', 'link', 'toetser'] as const;
const verifier = (called: string, province: string) =>
  aPerson(called, [{ role: 'verifier', scope: { kind: 'province', id: province } }]);

beforeAll(async () => {
  const rows = deeds.flatMap((kind) =>
    tellers.map((who) => ({ id: `${who}-${kind}`, name: `Huis ${who} ${kind}` })),
  );
  const elsewhere = { id: 'ver', name: 'Ver Weg', municipality: 'Rotterdam', province: 'Zuid-Holland' };
  await layField(
    aField([...rows, elsewhere, { id: 'wijk', name: 'Wijkhuis' }, { id: 'buur', name: 'De Buren' }]),
  );
  const codes = await admin<{ code: string }>(
    `select code from pub.province where name in ('Gelderland', 'Zuid-Holland') order by name`,
  );
  [near, far] = codes.map(({ code }) => code) as [string, string];
});

describe('every turn', () => {
  const viewers = {
    lid: async (entry: string) => aMember('Samira', entry),
    link: aLinkTo,
    toetser: async () => verifier('Els', near),
  };
  const cases = deeds.flatMap((kind) => tellers.map((who) => [kind, who] as const));

  test.each(cases)(
    '%s: stands at once, told by a %s, and the street reads who says so',
    async (kind, who) => {
      const slug = `${who}-${kind}`;
      const entry = await idOf(slug);
      const viewer = await viewers[who](entry);
      if (kind === 'revived') await tell(viewer, slug, 'paused', typedFor.paused);
      const typed = {
        ...typedFor[kind],
        words: 'Zo ging het.',
        language: 'nl',
        source: 'https://example.org/bericht',
      };
      expect(await tell(viewer, slug, kind, typed)).toEqual({ came: 'laid' });
      const voice = who === 'toetser' ? 'verifier' : 'own';
      expect((await read(slug)).filter((one) => one.kind === kind && one.said_by === voice)).toHaveLength(1);
      const [row] = await admin<object>(
        `select e.words, e.sources, t.text as open from core.life_event e join pub.life_event_text t on t.fact = e.fact
       where e.initiative_id = $1 and e.said_by = $2 and e.kind = $3`,
        [entry, voice, kind],
      );
      expect(row).toEqual({
        words: 'Zo ging het.',
        open: 'Zo ging het.',
        sources: ['https://example.org/bericht'],
      });
    },
  );

  test.each(deeds)(
    '%s: is refused to a stranger, to a verifier of another region, without a second factor, and by a link to another',
    async (kind) => {
      const before = await read('ver');
      const strangers = [
        await aPerson('Niemand'),
        await verifier('Bram', near),
        await aPerson('Zonder', [{ role: 'verifier', scope: { kind: 'province', id: far } }], false),
        await aMember('Buurvrouw', await idOf('wijk')),
        await aLinkTo(await idOf('wijk')),
        byLink(null),
      ];
      for (const stranger of strangers)
        expect(await tell(stranger, 'ver', kind, typedFor[kind])).toEqual({ came: 'not_yours' });
      await expect(tell(visitor, 'ver', kind, typedFor[kind])).rejects.toThrow();
      expect(await read('ver')).toEqual(before);
    },
  );
});
