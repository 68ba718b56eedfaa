import pg from 'pg';
import { after, allows, anyDeed, atFirst, chance, mayBeRead, type Deed, type World } from './model.ts';

export interface Walked {
  readonly sequences: number;
  readonly deeds: number;
  /** Attempts to lay a telling open past all deeds, and how many of them were refused. */
  readonly attempts: number;
  readonly refused: number;
  /** How often a telling was open after a deed. */
  readonly open: number;
  readonly disagreements: readonly string[];
}

const length = 12;
const atOnce = 100;

// One deed, as whoever would do it. A day passes by making everything that was said or released a day older.
const deeds = `
create schema if not exists drill;
grant usage on schema drill to public;
create or replace function drill.as(who uuid) returns void language sql as $$
  select set_config('role', 'steppingstones_app', true), set_config('app.viewer_kind', 'person', true), set_config('app.viewer', who::text, true), set_config('app.sure', 'no', true);
$$;
create or replace function drill.lay_raw(of uuid) returns void language plpgsql as $$
begin
  delete from pub.telling where id = of;
  insert into pub.telling (id, slug, language, title, themes, told_how, invented, findable, version, opened_on)
    select t.id, t.slug, t.language, t.title, t.themes, t.told_how, t.invented, t.findable, coalesce(t.version, 1), core.today() from core.telling t where t.id = of;
  if not found then raise exception 'There is nothing to lay open.'; end if;
end $$;
create or replace function drill.deed(of uuid, teller uuid, stranger uuid, d jsonb) returns boolean language plpgsql as $$
declare
  many interval := make_interval(days => (d->>'pass')::int);
begin
  begin
    case d->>'kind'
      when 'say', 'stranger-says' then
        perform drill.as(case d->>'kind' when 'say' then teller else stranger end);
        insert into core.consent (item, use, verdict, audience, until_day, seen_hash, shown_in, how, said_by)
          values (of, coalesce(d->>'use', 'read'), coalesce(d#>>'{word,verdict}', 'given'), coalesce(d#>>'{word,audience}', 'public'), core.today() + (d#>>'{word,lasts}')::int,
            sha256(convert_to(of || ' ' || coalesce(d#>>'{word,seen}', '1'), 'UTF8')), 'nl', 'screen', core.viewer_person());
      when 'release' then
        perform drill.as(teller);
        update core.telling set standing = 'released', version = (select max(number) from core.telling_version where telling = of), released_at = coalesce(released_at, now()),
          open_from = coalesce(open_from, now() + make_interval(days => (d->>'days')::int)) where id = of;
        if not found then raise exception 'There is nothing to release.'; end if;
        perform core.lay_tellings_open(array[of]);
      when 'freeze' then
        perform drill.as(teller);
        insert into core.telling_version (telling, number, doc, hash) select of, max(number) + 1, '{}', sha256(convert_to(of || ' ' || max(number) + 1, 'UTF8')) from core.telling_version where telling = of;
      when 'withdraw', 'stranger-withdraws' then
        perform drill.as(case d->>'kind' when 'withdraw' then teller else stranger end);
        perform core.take_back(of, 'nl', 'screen');
      when 'publish-as-app' then
        perform drill.as(teller);
        perform drill.lay_raw(of);
      when 'publish' then
        perform set_config('role', 'none', true);
        perform drill.lay_raw(of);
      when 'days' then
        perform set_config('role', 'none', true);
        set local session_replication_role = replica;
        update core.consent set from_day = from_day - (d->>'pass')::int, until_day = until_day - (d->>'pass')::int where item = of;
        update core.telling set released_at = released_at - many, open_from = open_from - many where id = of;
        set local session_replication_role = origin;
        perform core.lay_tellings_open(array[of]);
    end case;
  exception when others then
    perform set_config('role', 'none', true);
    return false;
  end;
  perform set_config('role', 'none', true);
  return true;
end $$;
create or replace function drill.begin(many int, teller uuid) returns setof uuid language sql as $$
  with made as (insert into core.consent_item (kind, teller) select 'telling', teller from generate_series(1, many) returning id),
    told as (insert into core.telling (id, slug, language) select id, substr(md5(id::text), 1, 10), 'nl' from made returning id),
    first as (insert into core.telling_version (telling, number, doc, hash) select id, 1, '{}', sha256(convert_to(id || ' 1', 'UTF8')) from told)
  select id from told;
$$;`;

interface Found {
  readonly id: string;
  readonly done: boolean;
  readonly open: boolean;
  readonly network: boolean;
  readonly coding: boolean;
  readonly held: boolean;
}

/** What the database says after each telling's deed. */
const asked = `
  with given as materialized (
    select g.n, g.id, drill.deed(g.id, $3, $4, g.d) as done from unnest($1::uuid[], $2::jsonb[]) with ordinality as g (id, d, n) order by g.n)
  select n, id, done from given order by n`;
const seen = `
  select g.id, exists (select from pub.telling t where t.id = g.id) as open, core.allows(g.id, 'read', 'network') as network,
    core.allows(g.id, 'coding', 'public') as coding, exists (select from core.telling t where t.id = g.id) as held
  from unnest($1::uuid[]) with ordinality as g (id, n) order by g.n`;

const told = (world: World) => ({
  open: mayBeRead(world),
  network: allows(world, 'read', 'network'),
  coding: allows(world, 'coding', 'public'),
  held: !world.gone,
});

/**
 * Walks so many random sequences of twelve deeds through a database, many side by side and each batch undone, and compares after every deed
 * what the database lets through and shows with what a pure model says. Asks an address that may do everything: only the walk itself does.
 */
export async function walk(adminUrl: string, sequences: number, seed: number): Promise<Walked> {
  const sum: Sum = { sequences: 0, deeds: 0, attempts: 0, refused: 0, open: 0, disagreements: [] };
  await withClient(adminUrl, (client) => client.query(deeds));
  const half = Math.ceil(sequences / 2);
  // Two hands, each with a chance of its own.
  await Promise.all([
    lane(adminUrl, half, chance(seed), sum),
    lane(adminUrl, sequences - half, chance(~seed), sum),
  ]);
  return sum;
}

async function withClient(adminUrl: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  await work(client).finally(() => client.end());
}

const lane = (adminUrl: string, sequences: number, draw: () => number, sum: Sum) =>
  withClient(adminUrl, async (client) => {
    await client.query("set timezone to 'UTC'");
    for (let walked = 0; walked < sequences; walked += atOnce) {
      const many = Math.min(atOnce, sequences - walked);
      await client.query('begin');
      await batch(client, many, draw, sum);
      await client.query('rollback');
      sum.sequences += many;
    }
  });

type Sum = { -readonly [Name in keyof Walked]: Walked[Name] } & { disagreements: string[] };

async function batch(client: pg.Client, many: number, draw: () => number, sum: Sum): Promise<void> {
  const person = async () =>
    (await client.query<{ id: string }>("insert into core.person (came_by) values ('card') returning id"))
      .rows[0]?.id;
  const [teller, stranger] = [await person(), await person()];
  const { rows } = await client.query<{ id: string }>('select drill.begin($1, $2) as id', [many, teller]);
  const ids = rows.map(({ id }) => id);
  let worlds = ids.map(() => atFirst);
  const walked: Deed[][] = ids.map(() => []);
  for (let step = 0; step < length; step++) {
    const next = worlds.map((world) => anyDeed(world, draw));
    const results = worlds.map((world, at) => after(world, next[at] ?? { kind: 'publish' }));
    const { rows: did } = await client.query<Found>(asked, [
      ids,
      next.map((deed) => JSON.stringify(deed)),
      teller,
      stranger,
    ]);
    const { rows: found } = await client.query<Found>(seen, [ids]);
    worlds = results.map(({ world }) => world);
    results.forEach(({ world, done }, at) => {
      const deed = next[at];
      if (deed) walked[at]?.push(deed);
      sum.deeds++;
      if (deed?.kind === 'publish' || deed?.kind === 'publish-as-app') {
        sum.attempts++;
        if (did[at]?.done === false) sum.refused++;
      }
      if (found[at]?.open) sum.open++;
      const says = { done, ...told(world) };
      const is = {
        done: did[at]?.done,
        open: found[at]?.open,
        network: found[at]?.network,
        coding: found[at]?.coding,
        held: found[at]?.held,
      };
      if (JSON.stringify(says) !== JSON.stringify(is))
        sum.disagreements.push(
          `model ${JSON.stringify(says)}, database ${JSON.stringify(is)} after ${JSON.stringify(walked[at])}`,
        );
    });
  }
}
