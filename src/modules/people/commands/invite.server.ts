import { sql } from 'kysely';
import { withViewer, type Tx } from '#platform/db.server.ts';
import type { Language } from '#platform/i18n/languages.ts';
import { post } from '#platform/mail/post.server.ts';
import type { Result } from '#platform/result.ts';
import { house, type Viewer } from '#platform/viewer.ts';
import type { Giver } from '../access.ts';
import type { GrantRefusal, GrantWish } from '../model.ts';
import { personWithMail } from '../signing-in/commands.server.ts';
import { calledOf } from '../queries.server.ts';
import { giveGrant } from './grants.server.ts';

export interface Invitation extends Pick<GrantWish, 'until' | 'reason'> {
  readonly mail: string;
  readonly language: Language;
  /** How the one who invites calls them; who was here already keeps their own name, and what they did not say stays unsaid. */
  readonly called?: string | null;
  /** The address of this house as the reader knows it; without it no letter goes out. */
  readonly home: string | null;
}

/**
 * Invites someone by mail and entrusts to them what the giver may give, at once: it is theirs when they sign in. Whether the
 * address was known already, nobody learns. The letter says who asks them in, and not what for. Not to be called inside a
 * transaction: the house makes the one who is invited known in one of its own.
 */
export async function invite(
  viewer: Viewer,
  giver: Giver,
  { mail, language, called = null, home, ...wish }: Invitation,
): Promise<Result<null, GrantRefusal>> {
  const person = await personWithMail(mail, language);
  const given = await withViewer(viewer, async (tx) => {
    const given = await giveGrant(tx, giver, person, wish);
    if (given.ok && home !== null) await writeTo(tx, giver, person, { language, home });
    return given;
  });
  if (given.ok && called !== null) await nameWhoIsNew(person, called);
  return given;
}

async function writeTo(
  tx: Tx,
  giver: Giver,
  person: string,
  { language, home }: { readonly language: Language; readonly home: string },
): Promise<void> {
  const by = giver.person === null ? null : await calledOf(tx, giver.person);
  await post(tx, {
    to: { person },
    language,
    name: 'people.invited',
    values: { named: by === null ? 'no' : 'yes', by: by ?? '' },
    buttons: [{ label: 'mail.people.open', url: `${home}/${language}/sign-in` }],
  });
}

async function nameWhoIsNew(person: string, called: string): Promise<void> {
  await withViewer(house, (tx) =>
    sql`update core.person set called = ${called}
      where id = ${person} and called is null and made_at > now() - interval '1 minute'`.execute(tx),
  );
}
