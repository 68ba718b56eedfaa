import { expect, test } from 'vitest';
import { catalogue } from '#platform/i18n/catalogue.ts';
import { speaker } from '#platform/i18n/speech.ts';
import type { ListedAdvice } from '../model.ts';
import { atomAdvice, lastChange, listedRecord } from './model.ts';

const advice: ListedAdvice = {
  slug: 'wachten-op-een-huis-a1b2c3',
  title: 'Wachten op een huis',
  language: 'nl',
  clientName: 'Gelderland & Ede',
  pool: 'ervaringspool-a1b2c3',
  poolName: { nl: 'Ervaringspool' },
  handedOn: '2026-11-25',
  state: 'advised',
  hash: 'a'.repeat(64),
  changedAt: new Date('2026-11-25T10:00:00Z'),
  points: [[]],
};
const say = speaker('nl', catalogue);

test('a feed says how an advice stands and not for how many days nobody answers, for those pass while nothing changes', () => {
  expect(listedRecord(advice, '2027-01-05').silentDays).toBe(41);
  const feed = atomAdvice(say, [advice], 'https://steppingstones.example');
  const text = `${say('consulting.asked-by', { client: 'Gelderland &#38; Ede' })} ${say('consulting.state.advised')}`;
  expect(feed).toContain(`<content type="text">${text}</content>`);
  expect(feed).toContain(`<updated>${lastChange([advice]).toISOString()}</updated>`);
});
