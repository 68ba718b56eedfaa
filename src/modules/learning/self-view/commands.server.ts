import { insistOnRight } from '#platform/access.server.ts';
import { today } from '#platform/clock.ts';
import type { Tx } from '#platform/db.server.ts';
import { ok, type Result } from '#platform/result.ts';
import { keepable, type SelfView } from './model.ts';
import { othersOf } from './queries.server.ts';
import './tables.ts';

/** Keeps how an initiative sees itself as the version of today; what was kept earlier today is written over, what was before stays. */
export async function keepSelfView(
  tx: Tx,
  initiative: string,
  language: string,
  typed: SelfView,
): Promise<Result<null, 'no-words' | 'whom'>> {
  await insistOnRight(tx, 'keep', [initiative]);
  const view = keepable(typed);
  if (!view.ok) return view;
  const others = await othersOf(tx, initiative);
  const { brings, loses, needs } = view.value;
  const on = today();
  await tx
    .deleteFrom('core.self_view')
    .where('initiative_id', '=', initiative)
    .where('written_on', '=', on)
    .execute();
  const { id } = await tx
    .insertInto('core.self_view')
    .values({ initiative_id: initiative, language, brings, loses, written_on: on })
    .returning('id')
    .executeTakeFirstOrThrow();
  for (const [at, { slug, whom, what }] of needs.entries()) {
    const other = others.find((each) => each.slug === slug);
    await tx
      .insertInto('core.self_view_need')
      .values({
        self_view: id,
        position: at + 1,
        of_initiative: other?.id ?? null,
        of_whom: (other?.name ?? (whom || slug) ?? '').slice(0, 120),
        what,
      })
      .execute();
  }
  return ok(null);
}

/** Throws a version away. */
export async function throwVersionAway(tx: Tx, initiative: string, id: string): Promise<void> {
  await insistOnRight(tx, 'keep', [initiative]);
  await tx
    .deleteFrom('core.self_view')
    .where('id', '=', id)
    .where('initiative_id', '=', initiative)
    .execute();
}
