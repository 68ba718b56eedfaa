import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { isLanguage, type Language } from '#platform/i18n/languages.ts';
import { isMailAddress } from '#platform/mail/address.ts';
import { post } from '#platform/mail/post.server.ts';
import { house } from '#platform/viewer.ts';
import { makeLink, type LinkWish } from '../../links/commands.server.ts';
import { daysOpen } from '../../links/model.ts';
import { typedInDraft } from '../drafts/queries.server.ts';
import { word } from '../model.ts';
import { mostLinksADay } from './model.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    'mail-keep-link': { readonly slug: string; readonly language: Language; readonly home: string };
    'mail-add-link': { readonly draft: string; readonly home: string };
  }
}

/** Whether one more link may be mailed today to this address, and about this entry. */
async function mayBeMailed(tx: Tx, address: string, initiative: string | null): Promise<boolean> {
  const { rows } = await sql<{ address: number; entry: number }>`
    select count(*) filter (where sent_to = ${address})::int as address,
      count(*) filter (where initiative_id = ${initiative}::uuid and purpose = 'keep')::int as entry
    from vault.entry_link where made_at > now() - interval '1 day'`.execute(tx);
  const { address: toAddress, entry } = rows[0] ?? { address: 0, entry: 0 };
  return toAddress < mostLinksADay.address && (initiative === null || entry < mostLinksADay.entry);
}

async function mailLink(
  tx: Tx,
  name: 'keep-link' | 'add-link',
  home: string,
  called: string,
  wish: LinkWish,
) {
  const link = await makeLink(tx, wish);
  await post(tx, {
    to: wish.sentTo,
    language: wish.language,
    name,
    values: { name: called, days: daysOpen[wish.purpose] },
    buttons: [{ label: `mail.${name}.do`, url: `${home}/${wish.language}/keep/${link.word}` }],
    minutes: daysOpen[wish.purpose] * 24 * 60,
  });
}

/** Mails the link that was asked for, when we hold an address and it did not get its share today. The house's own. */
export async function mailKeepLink(wish: { slug: string; language: Language; home: string }): Promise<void> {
  await withViewer(house, async (tx) => {
    const { rows } = await sql<{ id: string; mail: string | null; name: string }>`
      select i.id, i.mail, (select p.name from core.initiative_period p where p.initiative_id = i.id order by p.valid desc limit 1) as name
      from core.initiative i where i.slug = ${wish.slug} and i.standing <> 'merged' for update`.execute(tx);
    const [entry] = rows;
    if (!entry?.mail || !isMailAddress(entry.mail) || !(await mayBeMailed(tx, entry.mail, entry.id))) return;
    const { language, home } = wish;
    await mailLink(tx, 'keep-link', home, entry.name, {
      initiative: entry.id,
      purpose: 'keep',
      sentTo: entry.mail,
      language,
    });
  });
}

/** A name as it may stand in a letter that anyone can have sent: without what a mail program makes a link of. */
const plainName = (name: string) => name.replace(/\S*(:\/\/|www\.|@|\.[a-z]{2,})\S*/gi, '…').slice(0, 80);

/** Mails the link that lays a draft, when its address did not get its share today. The house's own. */
export async function mailAddLink({ draft, home }: { draft: string; home: string }): Promise<void> {
  await withViewer(house, async (tx) => {
    const row = await tx
      .selectFrom('vault.draft')
      .select('language')
      .where('id', '=', draft)
      .forUpdate()
      .executeTakeFirst();
    const typed = row ? await typedInDraft(tx, draft) : null;
    if (!row || !typed) return;
    const sentTo = word(typed, 'mail').toLowerCase();
    if (!isMailAddress(sentTo) || !(await mayBeMailed(tx, sentTo, null))) return;
    const language = isLanguage(row.language) ? row.language : 'nl';
    await mailLink(tx, 'add-link', home, plainName(word(typed, 'name')), {
      initiative: null,
      purpose: 'add',
      about: draft,
      sentTo,
      language,
    });
  });
}
