import { describe, expect, test } from 'vitest';
import { aMember } from '#modules/people/testing.ts';
import { ownDatabase } from '../../../../../tests/support/database.ts';
import { aKeptEntry, kept, onTheStreet, save } from '../testing.ts';

ownDatabase();

describe('two keepers at once lose nothing', () => {
  test('what they changed apart stands together', async () => {
    const { id, slug, keeper } = await aKeptEntry();
    const other = await aMember('Yonas', id);
    const began = (await kept(keeper, id)).typed;
    await save(other, id, { website: 'https://yonas.example' });
    const saved = await save(keeper, id, { text: 'Van Samira.' }, began);
    expect(saved).toMatchObject({ kind: 'saved', told: ['text'], theirs: ['website'] });
    expect(await onTheStreet(slug)).toMatchObject({
      website: 'https://yonas.example',
      text: { words: 'Van Samira.' },
    });
  });

  test('what they answered otherwise comes back, both of it, and nothing is saved over', async () => {
    const { id, slug, keeper } = await aKeptEntry();
    const other = await aMember('Yonas', id);
    const began = (await kept(keeper, id)).typed;
    await save(other, id, { text: 'Van Yonas.' });
    const saved = await save(keeper, id, { text: 'Van Samira.', phone: '026 123 45 67' }, began);
    if (saved.kind !== 'clash') throw new Error(saved.kind);
    expect(saved.clashes).toEqual(['text']);
    expect([saved.typed.text, saved.now.text, saved.typed.phone]).toEqual([
      ['Van Samira.'],
      ['Van Yonas.'],
      ['026 123 45 67'],
    ]);
    expect(await onTheStreet(slug)).toMatchObject({ text: { words: 'Van Yonas.' } });
    expect(await save(keeper, id, { text: 'Van ons samen.' }, saved.now)).toMatchObject({ kind: 'saved' });
  });

  test('when both press the button in the same moment, one of them is asked again', async () => {
    const { id, keeper } = await aKeptEntry();
    const began = (await kept(keeper, id)).typed;
    const saved = await Promise.all(['Eerst.', 'Ook.'].map((text) => save(keeper, id, { text }, began)));
    expect(saved.map(({ kind }) => kind).sort()).toEqual(['clash', 'saved']);
  });

  test('who began with something we cannot read is shown everything that differs', async () => {
    const { id, keeper } = await aKeptEntry();
    expect(await save(keeper, id, { ...(await kept(keeper, id)).typed, text: 'Anders.' }, {})).toMatchObject({
      kind: 'clash',
      clashes: ['text'],
    });
  });
});
