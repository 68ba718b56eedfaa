import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import { catalogueOnDisk } from '#platform/i18n/catalogue-on-disk.ts';
import { isLanguage } from '#platform/i18n/languages.ts';
import { speaker } from '#platform/i18n/speech.ts';
import { putOff } from '#platform/jobs/put-off.server.ts';
import { post } from '#platform/mail/post.server.ts';
import { house } from '#platform/viewer.ts';
import { makeLink } from '../../links/commands.server.ts';
import type { RelationType } from '../model.ts';

declare module '#platform/jobs/put-off.server.ts' {
  interface Jobs {
    /** Asks whoever a relation of this initiative was told about, by mail, whether it is so. */
    'ask-other-sides': { readonly initiative: string; readonly home: string; readonly tries: number };
  }
}

/** Nobody gets more letters about relations than this in a week; the rest waits. */
const mostAWeek = 5;
const aDay = 24 * 3600;
const mostTries = 60;

/**
 * Asks the other sides of what was told of an initiative, each once and only where both may be known to everyone. What
 * cannot be asked yet (an entry still waits for a verifier, or enough letters were sent this week) is tried again tomorrow.
 */
export async function askOtherSides({
  initiative,
  home,
  tries,
}: {
  initiative: string;
  home: string;
  tries: number;
}): Promise<void> {
  await withViewer(house, async (tx) => {
    // Asked anew after each letter, for several may be about the same other.
    for (let next = await nextToAsk(tx, initiative); next; next = await nextToAsk(tx, initiative))
      await ask(tx, next, home);
    const later = (await unasked(tx, initiative)).length > 0 || (await waitsForAVerifier(tx, initiative));
    if (later && tries < mostTries)
      await putOff(
        tx,
        'ask-other-sides',
        { initiative, home, tries: tries + 1 },
        { onlyOnce: initiative, startAfterSeconds: aDay },
      );
  });
}

interface Unasked {
  readonly relation: string;
  readonly type: RelationType;
  readonly is_over: boolean;
  readonly from_name: string | null;
  readonly to_name: string | null;
  /** Which side told it; null when neither did, but a verifier. */
  readonly asker: string | null;
  readonly other: string;
  readonly mail: string;
  readonly language: string;
  readonly may_now: boolean;
}

/** Relations told by one side (or a verifier there), of which the other side said nothing and was not asked, and has an address. */
async function unasked(tx: Tx, initiative: string): Promise<Unasked[]> {
  const { rows } = await sql<Unasked>`
    select r.id as relation, r.type, coalesce(upper(r.valid) <= core.today(), false) as is_over, a.name as from_name, b.name as to_name,
      case when r.told_by <> 'verifier' then me.name end as asker, o.id as other, o.mail,
      coalesce((select l.language from vault.entry_link l where l.initiative_id = o.id and l.used_at is not null order by l.used_at desc limit 1),
        (select t.language from core.initiative_text t where t.initiative_id = o.id and t.origin = 'own' order by t.language limit 1), 'nl') as language,
      a.id is not null and b.id is not null and (select count(*) from vault.entry_link l
        where l.initiative_id = o.id and l.purpose = 'relation' and l.made_at > now() - interval '7 days') < ${mostAWeek} as may_now
    from core.relation r
    join core.initiative o on o.id = case when r.from_id = ${initiative} then r.to_id else r.from_id end
    left join pub.initiative a on a.id = r.from_id left join pub.initiative b on b.id = r.to_id
    left join pub.initiative me on me.id = ${initiative}
    where upper_inf(r.recorded) and (r.from_id = ${initiative} or r.to_id = ${initiative}) and r.told_by <> 'public-sources'
      and o.mail is not null and o.standing in ('proposed','laid')
      and not exists (select from core.relation_voice v where v.relation_id = r.id and v.who = case when r.from_id = o.id then 'from' else 'to' end)
      and not exists (select from vault.entry_link l where l.purpose = 'relation' and l.about = r.id and l.initiative_id = o.id)
      and not exists (select from core.asking_wish w where w.initiative_id = o.id and w.wish = 'never')
    order by r.key`.execute(tx);
  return rows;
}

const nextToAsk = async (tx: Tx, initiative: string) =>
  (await unasked(tx, initiative)).find(({ may_now }) => may_now);

async function waitsForAVerifier(tx: Tx, initiative: string): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`select exists (select from core.proposal
    where initiative_id = ${initiative} and kind in ('split','merge') and standing = 'waiting') as waits`.execute(
    tx,
  );
  return rows[0]?.waits ?? false;
}

async function ask(tx: Tx, one: Unasked, home: string): Promise<void> {
  const language = isLanguage(one.language) ? one.language : 'nl';
  const say = speaker(language, await catalogueOnDisk());
  const { word } = await makeLink(tx, {
    initiative: one.other,
    purpose: 'relation',
    about: one.relation,
    sentTo: one.mail,
    language,
  });
  const sentence = say(`relations.says.${one.type}`, {
    one: one.from_name ?? '',
    other: one.to_name ?? '',
    past: one.is_over ? 'yes' : 'no',
  });
  await post(tx, {
    to: one.mail,
    language,
    name: 'relation.ask',
    values: { named: one.asker ? 'yes' : 'no', asker: one.asker ?? '', sentence },
    buttons: [{ label: 'turns.answer.open', url: `${home}/${language}/relation/${word}` }],
    minutes: 60 * 24 * 14,
  });
}
