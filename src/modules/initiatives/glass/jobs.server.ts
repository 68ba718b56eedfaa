import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { momentIn } from '#platform/i18n/days.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { post } from '#platform/mail/post.server.ts';
import { house } from '#platform/viewer.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'tell-of-glass': { readonly glass: string };
  }
}

interface Concerned {
  readonly to: string | { readonly person: string };
  readonly language: string | null;
}

/** Tells those whom broken glass concerns, each in their own language: the members of the initiative, and its own mail address. Once. */
export async function tellOfGlass({ glass }: { readonly glass: string }): Promise<void> {
  await withViewer(house, async (tx) => {
    const { rows } = await sql<{ initiative: string; reason: string; until: Date }>`
      update core.glass set told_at = now() where id = ${glass} and told_at is null and open_until is not null
      returning initiative_id as initiative, reason, open_until as until`.execute(tx);
    const [broken] = rows;
    if (!broken) return;
    const members = await sql<{ person: string; language: string | null }>`
      select distinct p.id as person, p.language from core.role_grant g join core.person p on p.id = g.person_id
      where g.role = 'member' and g.scope_id = ${broken.initiative} and g.ended_on is null and core.today() < g.until_day
        and p.left_on is null and p.came_by = 'mail'`.execute(tx);
    const own = await tx
      .selectFrom('core.initiative')
      .select('mail')
      .where('id', '=', broken.initiative)
      .executeTakeFirst();
    const concerned: Concerned[] = [
      ...members.rows.map(({ person, language }) => ({ to: { person }, language })),
      ...(own?.mail ? [{ to: own.mail, language: null }] : []),
    ];
    for (const { to, language: spoken } of concerned) {
      const language = spoken !== null && isLanguage(spoken) ? spoken : 'nl';
      const values = { reason: broken.reason, until: momentIn(language, broken.until) };
      await post(tx, { to, language, name: 'glass.broken', values });
    }
  });
}
