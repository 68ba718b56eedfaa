import { library } from './auth.server.ts';
import { signInWay } from './way.server.ts';

/** The key of whoever signs in with this mail address, made when nobody does yet. Known or new looks the same. */
export async function knowByMail(mail: string): Promise<string> {
  const id = await library().api.knowByMail({ body: { mail } });
  if (id === null) throw new Error('The library knows nobody by this address.');
  return id;
}

/** Lets someone without a mail address sign in under this key; again changes nothing. */
export async function knowByKey(person: string): Promise<void> {
  await signInWay()
    .tables.insertInto('person')
    .values({ id: person, mail: null, second_factor_set: false })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

/** The key of whoever signs in with this mail address, or null when nobody does. Never to be told to who asks at a door. */
export async function keyOf(mail: string): Promise<string | null> {
  const row = await signInWay()
    .tables.selectFrom('person')
    .select('id')
    .where('mail', '=', mail)
    .executeTakeFirst();
  return row?.id ?? null;
}

/** The mail address someone signs in with, or null. */
export async function mailOf(person: string): Promise<string | null> {
  const row = await signInWay()
    .tables.selectFrom('person')
    .select('mail')
    .where('id', '=', person)
    .executeTakeFirst();
  return row?.mail ?? null;
}

/** Forgets how someone signs in: address, sessions and second factor, at once. */
export async function forgetPerson(person: string): Promise<void> {
  await signInWay().tables.deleteFrom('person').where('id', '=', person).execute();
}
