import { daysLater, today } from '#platform/clock.ts';
import { withViewer } from '#platform/db.server.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { post } from '#platform/mail/post.server.ts';
import { house } from '#platform/viewer.ts';
import { wordsFor } from '../../sessions/room/model.ts';
import { daysToReadRefusal } from '../model.ts';
import '../tables.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'forget-askers': Record<string, never>;
    'tell-keepers': { readonly pool: string };
  }
}

/** Forgets the words of who was turned away, once they had the time to read so. */
export async function forgetAskers(): Promise<void> {
  await withViewer(house, (tx) =>
    tx
      .deleteFrom('core.pool_expert')
      .where('state', '=', 'turned-away')
      .where('answered_on', '<=', daysLater(today(), -daysToReadRefusal))
      .execute(),
  );
}

/** Tells who keeps a pool that someone asks to be in it; not who, which is read behind the second factor. */
export async function tellKeepers({ pool }: { readonly pool: string }): Promise<void> {
  await withViewer(house, async (tx) => {
    const keepers = await tx
      .selectFrom('core.pool_keeper as k')
      .innerJoin('core.pool as p', 'p.id', 'k.pool')
      .innerJoin('core.person as o', 'o.id', 'k.person')
      .select(['o.id', 'o.language', 'p.name', 'p.home'])
      .where('p.id', '=', pool)
      .execute();
    for (const { id, language, name, home } of keepers) {
      const reads = language !== null && isLanguage(language) ? language : 'nl';
      await post(tx, {
        to: { person: id },
        language: reads,
        name: 'pools.asked',
        values: { pool: wordsFor(name, [reads])?.text ?? '' },
        buttons: [{ label: 'mail.pools.keep', url: `${home ?? ''}/${reads}/desk/pools/${pool}` }],
      });
    }
  });
}
