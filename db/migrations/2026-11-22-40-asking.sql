-- Asking whether an entry is still true, what verifiers found out, who looks at what waits, and what a municipality or network cleared.

create table core.campaign (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 120),
  scope_kind text not null check (scope_kind in ('all','province','municipality')),
  scope_id text not null default '' check (length(scope_id) <= 80),
  theme text check (length(theme) <= 40),
  which text not null check (which in ('all','never-confirmed','fading','faded','silent')),
  home text not null check (home ~ '^https?://' and length(home) <= 200),
  made_by uuid references core.person on delete set null,
  started_at timestamptz not null default now(),
  stopped_at timestamptz,
  check ((scope_kind = 'all') = (scope_id = ''))
);
comment on table core.campaign is 'A campaign in which initiatives of a region are asked whether what we hold of them is still true.';
comment on column core.campaign.id is '[inside] lasting key';
comment on column core.campaign.name is '[inside] what its maker calls it';
comment on column core.campaign.scope_kind is '[inside] whether it asks everywhere, in a province or in a municipality';
comment on column core.campaign.scope_id is '[inside] code of that province or municipality';
comment on column core.campaign.theme is '[inside] only entries with this theme; null is every theme';
comment on column core.campaign.which is '[inside] all entries, those nobody ever confirmed, or those of which nobody said anything for 12, 18 or 24 months';
comment on column core.campaign.home is '[machine] address of the house, under which the links in the letters open';
comment on column core.campaign.made_by is '[person] who started it; null is the operator, or someone who left';
comment on column core.campaign.started_at is '[inside] when it was started';
comment on column core.campaign.stopped_at is '[inside] when it was stopped; who was not asked yet is then not asked any more';

create table core.asking (
  id uuid primary key default uuidv7(),
  campaign_id uuid references core.campaign on delete cascade,
  initiative_id uuid not null references core.initiative on delete cascade,
  home text not null check (home ~ '^https?://' and length(home) <= 200),
  language text not null check (language ~ '^[a-z]{2}$'),
  standing text not null check (standing in ('waiting','sent','no-address','dropped')),
  asked_by uuid references core.person on delete set null,
  laid_at timestamptz not null default now(),
  sent_at timestamptz,
  reminded_at timestamptz,
  answer text check (answer in ('right','changed','stopped')),
  answered_at timestamptz,
  unique (campaign_id, initiative_id),
  check ((standing = 'sent') = (sent_at is not null)),
  check ((answer is null) = (answered_at is null))
);
comment on table core.asking is 'One question to one initiative: is this still true? And what was answered.';
comment on column core.asking.id is '[machine] lasting key; the links in its letters are about it';
comment on column core.asking.campaign_id is '[inside] the campaign it belongs to; null when someone asked by hand';
comment on column core.asking.initiative_id is '[inside] who is asked';
comment on column core.asking.home is '[machine] address of the house, under which the links in the letter open';
comment on column core.asking.language is '[inside] language of the letter';
comment on column core.asking.standing is '[inside] waits for its letter, was sent, cannot be sent for want of an address, or was dropped';
comment on column core.asking.asked_by is '[person] who asked by hand';
comment on column core.asking.laid_at is '[inside] since when it waits';
comment on column core.asking.sent_at is '[inside] when the letter went out';
comment on column core.asking.reminded_at is '[inside] when the one reminder went out';
comment on column core.asking.answer is '[inside] what was answered last';
comment on column core.asking.answered_at is '[inside] when';
create index asking_of on core.asking (initiative_id, laid_at);
create index asking_waits on core.asking (laid_at) where standing = 'waiting';
create index asking_unanswered on core.asking (sent_at) where standing = 'sent' and answer is null and reminded_at is null;

create table core.asking_wish (
  initiative_id uuid primary key references core.initiative on delete cascade,
  wish text not null check (wish in ('less','never')),
  said_at timestamptz not null default now()
);
comment on table core.asking_wish is 'How often an initiative wishes to be asked, when that is less than twice a year.';
comment on column core.asking_wish.initiative_id is '[inside] which initiative';
comment on column core.asking_wish.wish is '[inside] less: once in two years; never: not at all, not by hand either';
comment on column core.asking_wish.said_at is '[inside] when it said so';

create table core.checking (
  id uuid primary key default uuidv7(),
  initiative_id uuid not null references core.initiative on delete cascade,
  checked_by uuid references core.person on delete set null,
  channel text not null check (channel in ('call','visit','mail','meeting')),
  day date not null,
  found text not null check (found in ('right','changed','stopped','no-answer')),
  note text check (length(note) between 1 and 2000),
  noted_at timestamptz not null default now()
);
comment on table core.checking is 'How a verifier tried to find out whether an entry is right, and what came of it.';
comment on column core.checking.id is '[inside] lasting key';
comment on column core.checking.initiative_id is '[inside] which entry';
comment on column core.checking.checked_by is '[person] the verifier; null is the operator, or someone who left';
comment on column core.checking.channel is '[inside] by a call, a visit, a mail or a meeting';
comment on column core.checking.day is '[inside] on which day';
comment on column core.checking.found is '[inside] that it is right, that something changed, that it stopped, or nothing because nobody answered';
comment on column core.checking.note is '[inside] what colleagues should know; never shown outside';
comment on column core.checking.noted_at is '[inside] when this was written down';
create index checking_of on core.checking (initiative_id, noted_at);

create table core.proposal_told (
  proposal_id uuid primary key references core.proposal on delete cascade,
  told_at timestamptz not null default now()
);
comment on table core.proposal_told is 'That whoever brought a proposal was written to about what became of it, so that it happens once.';
comment on column core.proposal_told.proposal_id is '[inside] which proposal';
comment on column core.proposal_told.told_at is '[inside] when';

create table core.assignment (
  matter text not null check (matter in ('new','proposal','relation','silent','said-changed','no-address')),
  subject uuid not null,
  initiative_id uuid not null references core.initiative on delete cascade,
  person_id uuid not null references core.person on delete cascade,
  given_by uuid references core.person on delete set null,
  given_at timestamptz not null default now(),
  primary key (matter, subject)
);
comment on table core.assignment is 'Who took a matter that waits, or was given it by a colleague.';
comment on column core.assignment.matter is '[inside] what kind of matter waits';
comment on column core.assignment.subject is '[inside] the entry, proposal, relation or question it is about';
comment on column core.assignment.initiative_id is '[inside] the entry it concerns';
comment on column core.assignment.person_id is '[person] who looks at it';
comment on column core.assignment.given_by is '[person] who gave it to them';
comment on column core.assignment.given_at is '[inside] since when';

create table core.desk_filter (
  id uuid primary key default uuidv7(),
  person_id uuid not null references core.person on delete cascade,
  name text not null check (length(name) between 1 and 60),
  asked text not null check (length(asked) <= 500),
  unique (person_id, name)
);
comment on table core.desk_filter is 'A way of looking at what waits that a verifier keeps for themselves.';
comment on column core.desk_filter.id is '[inside] lasting key';
comment on column core.desk_filter.person_id is '[person] whose it is';
comment on column core.desk_filter.name is '[inside] what they call it';
comment on column core.desk_filter.asked is '[inside] the question in the address';

create table core.selection (
  id uuid primary key default uuidv7(),
  key text not null unique check (key ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(key) <= 60),
  name text not null check (length(name) between 1 and 120),
  about text check (length(about) between 1 and 1000),
  kept_by text not null check (length(kept_by) between 1 and 120),
  scope_kind text not null check (scope_kind in ('all','province','municipality')),
  scope_id text not null default '' check (length(scope_id) <= 80),
  made_by uuid references core.person on delete set null,
  made_on date not null default core.today(),
  ended_on date,
  check ((scope_kind = 'all') = (scope_id = ''))
);
comment on table core.selection is 'A list of entries that a municipality or network cleared for its own use. It changes nothing of what others see.';
comment on column core.selection.id is '[inside] lasting key';
comment on column core.selection.key is '[open] the word in its address';
comment on column core.selection.name is '[open] what it is called';
comment on column core.selection.about is '[open] what it was cleared for';
comment on column core.selection.kept_by is '[open] which municipality or network keeps it';
comment on column core.selection.scope_kind is '[open] whether its keepers speak for everywhere, a province or a municipality';
comment on column core.selection.scope_id is '[open] code of that province or municipality';
comment on column core.selection.made_by is '[person] who made it';
comment on column core.selection.made_on is '[open] since when it is there';
comment on column core.selection.ended_on is '[open] when its keepers took it away';

create table core.selection_entry (
  selection_id uuid not null references core.selection on delete cascade,
  initiative_id uuid not null references core.initiative on delete cascade,
  cleared_on date not null default core.today(),
  cleared_by uuid references core.person on delete set null,
  primary key (selection_id, initiative_id)
);
comment on table core.selection_entry is 'An entry that was cleared, when and by whom.';
comment on column core.selection_entry.selection_id is '[open] in which list';
comment on column core.selection_entry.initiative_id is '[open] which entry';
comment on column core.selection_entry.cleared_on is '[open] when it was cleared';
comment on column core.selection_entry.cleared_by is '[person] who cleared it; the street is told who keeps the list, never this';

create table pub.selection (
  key text primary key,
  name text not null,
  about text,
  kept_by text not null,
  scope_kind text not null,
  scope_id text not null,
  made_on date not null
);
comment on table pub.selection is 'Lists of entries that a municipality or network cleared, as the street may read them.';
comment on column pub.selection.key is '[open] the word in its address';
comment on column pub.selection.name is '[open] what it is called';
comment on column pub.selection.about is '[open] what it was cleared for';
comment on column pub.selection.kept_by is '[open] which municipality or network keeps it';
comment on column pub.selection.scope_kind is '[open] whether its keepers speak for everywhere, a province or a municipality';
comment on column pub.selection.scope_id is '[open] code of that province or municipality';
comment on column pub.selection.made_on is '[open] since when it is there';
create table pub.selection_entry (
  selection_key text not null references pub.selection on delete cascade,
  initiative_id uuid not null references pub.initiative on delete cascade,
  cleared_on date not null,
  primary key (selection_key, initiative_id)
);
comment on table pub.selection_entry is 'Which open entries were cleared for a list, and when.';
comment on column pub.selection_entry.selection_key is '[open] in which list';
comment on column pub.selection_entry.initiative_id is '[open] which entry';
comment on column pub.selection_entry.cleared_on is '[open] when it was cleared';
grant select on pub.selection, pub.selection_entry to steppingstones_public, steppingstones_app;
create trigger selection_changed after insert or update or delete on pub.selection for each statement execute function pub.tell_change();
create trigger selection_entry_changed after insert or update or delete on pub.selection_entry for each statement execute function pub.tell_change();

do $$
declare t text;
begin
  foreach t in array array['campaign','asking','asking_wish','checking','proposal_told','assignment','desk_filter','selection','selection_entry'] loop
    execute format('alter table core.%I enable row level security', t);
    execute format('alter table core.%I force row level security', t);
    execute format('create policy %I on core.%I to steppingstones_owner using (true) with check (true)', t || '_of_the_owner', t);
    execute format('create policy %I on core.%I to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()))', t || '_for_the_operator', t);
    execute format('grant select, insert, update, delete on core.%I to steppingstones_app', t);
  end loop;
end $$;

-- Rights. A verifier of a province also speaks for its municipalities.
create function core.holds_around(roles text[], in_kind text, in_id text) returns boolean stable security definer set search_path = pg_catalog, core, pub language sql as $$
  select core.holds_in(roles, in_kind, in_id) or (in_kind = 'municipality'
    and coalesce((select core.holds_in(roles, 'province', m.province_code) from pub.municipality m where m.code = in_id), false))
$$;
comment on function core.holds_around is 'Whether the person who is signed in holds one of these roles here, or in the province around this municipality.';

create function core.may_ask(in_kind text, in_id text) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or core.holds(array['admin']) or core.holds_around(array['verifier','editor'], in_kind, in_id)
$$;
comment on function core.may_ask is 'Whether who is asking may start a campaign here.';

create function core.watched() returns table (id uuid) stable security definer set search_path = pg_catalog, core, vault language sql as $$
  with mine as (select g.role, g.scope_kind, g.scope_id from core.role_grant g where g.person_id = core.viewer_person() and core.grant_stands(g)),
    watching as (select scope_kind, scope_id from mine where role in ('verifier','editor'))
  select i.id from core.initiative i
  where core.is_operator() or (
    not exists (select from mine m where m.role = 'member' and m.scope_kind = 'initiative' and m.scope_id = i.id::text)
    and not (i.standing = 'proposed' and i.added_by is not distinct from core.viewer_person() and i.added_by is not null)
    and (exists (select from watching w where w.scope_kind = 'all')
      or exists (select from vault.initiative_place p join watching w
        on (w.scope_kind = 'municipality' and w.scope_id = p.municipality) or (w.scope_kind = 'province' and w.scope_id = p.province)
        where p.initiative_id = i.id)))
$$;
comment on function core.watched is 'All entries that core.watches says who is asking watches over, in one go; for the operator all entries.';

create function core.person_watches(person uuid, initiative uuid) returns boolean stable security definer set search_path = pg_catalog, core, vault language sql as $$
  select not exists (select from core.role_grant g where g.person_id = person and g.role = 'member' and g.scope_id = initiative::text
      and g.ended_on is null and core.today() >= g.from_day and core.today() < g.until_day)
    and not exists (select from core.initiative i where i.id = initiative and i.standing = 'proposed' and i.added_by = person)
    and exists (select from core.role_grant g where g.person_id = person and g.role in ('verifier','editor')
      and g.ended_on is null and core.today() >= g.from_day and core.today() < g.until_day
      and (g.scope_kind = 'all' or exists (select from vault.initiative_place p where p.initiative_id = initiative
        and ((g.scope_kind = 'municipality' and g.scope_id = p.municipality) or (g.scope_kind = 'province' and g.scope_id = p.province)))))
$$;
comment on function core.person_watches is 'Whether this person could watch over this entry, once they sign in with a second factor.';

create function core.colleagues() returns table (id uuid, called text) stable security definer set search_path = pg_catalog, core, pub language sql as $$
  with mine as (select g.scope_kind, g.scope_id from core.role_grant g
    where g.person_id = core.viewer_person() and g.role in ('verifier','editor') and core.grant_stands(g)),
  reach as (select scope_kind, scope_id from mine
    union select 'province', m.province_code from mine join pub.municipality m on mine.scope_kind = 'municipality' and m.code = mine.scope_id
    union select 'municipality', m.code from mine join pub.municipality m on mine.scope_kind = 'province' and m.province_code = mine.scope_id)
  select p.id, p.called from core.person p
  where p.left_on is null and p.id <> core.viewer_person() and exists (select from core.role_grant g
    where g.person_id = p.id and g.role in ('verifier','editor') and g.ended_on is null and core.today() >= g.from_day and core.today() < g.until_day
      and exists (select from reach r where r.scope_kind = 'all' or g.scope_kind = 'all' or (r.scope_kind = g.scope_kind and r.scope_id = g.scope_id)))
$$;
comment on function core.colleagues is 'Other verifiers and editors of a region that the person who is signed in watches over, as they wish to be called.';

-- The last time anybody said that an entry is right, and where nobody ever did, the day it came.
create function core.last_word(i core.initiative) returns date stable language sql
  return coalesce(greatest(i.confirmed_on, i.checked_on), (i.recorded_at at time zone 'Europe/Amsterdam')::date);
comment on function core.last_word is 'The day from which an entry fades: when the initiative or a verifier last said it is right, else when it came.';

-- 12, 18 and 24 months in days, as initiatives/model.ts counts them in freshness().
create function core.silent_days(step text) returns integer immutable language sql
  return case step when 'fading' then 366 when 'faded' then 548 when 'silent' then 731 end;
comment on function core.silent_days is 'From how many days of silence on an entry has come to a step of fading.';

create function core.waiting() returns table (matter text, subject uuid, initiative_id uuid, since timestamptz, reason text)
  stable security definer set search_path = pg_catalog, core language sql as $$
  with watched as materialized (select w.id from core.watched() w)
  select 'new', i.id, i.id, i.recorded_at, null from core.initiative i join watched w on w.id = i.id where i.standing = 'proposed'
  union all
  select 'proposal', p.id, p.initiative_id, p.brought_at, p.kind from core.proposal p join watched w on w.id = p.initiative_id
    join core.initiative i on i.id = p.initiative_id
  where p.standing = 'waiting' and p.kind <> 'new' and i.standing = 'laid'
  union all
  select 'relation', r.id, case when r.from_id in (select w.id from watched w) then r.from_id else r.to_id end,
    v.said_on::timestamp at time zone 'Europe/Amsterdam', r.type
  from core.relation r join lateral (
    select max(d.said_on) as said_on from core.relation_voice d where d.relation_id = r.id and d.stance = 'disputes' and d.who <> 'verifier') v on v.said_on is not null
  where upper_inf(r.recorded) and (r.from_id in (select w.id from watched w) or r.to_id in (select w.id from watched w))
    and core.may_see_entry(r.from_id) and core.may_see_entry(r.to_id)
    and not exists (select from core.relation_voice k where k.relation_id = r.id and k.who = 'verifier' and k.said_on >= v.said_on)
  union all
  select 'silent', i.id, i.id, (core.last_word(i) + core.silent_days('silent'))::timestamp at time zone 'Europe/Amsterdam',
    case when i.confirmed_on is null and i.checked_on is null then 'never-confirmed' else 'silent' end
  from core.initiative i join watched w on w.id = i.id
  join core.initiative_period p on p.initiative_id = i.id and p.valid @> core.today() and p.state <> 'ended'
  where i.standing = 'laid' and core.today() - core.last_word(i) >= core.silent_days('silent')
    and not exists (select from core.asking a where a.initiative_id = i.id and a.answer is null
      and (a.standing = 'waiting' or (a.standing = 'sent' and a.sent_at > now() - interval '60 days')))
    and not exists (select from core.checking c where c.initiative_id = i.id and c.found = 'no-answer' and c.noted_at > now() - interval '60 days')
  union all
  select 'said-changed', a.id, a.initiative_id, a.answered_at, null from core.asking a join watched w on w.id = a.initiative_id
    join core.initiative i on i.id = a.initiative_id
  where a.answer = 'changed' and i.standing = 'laid' and i.changed_at <= a.answered_at
    and not exists (select from core.checking c where c.initiative_id = a.initiative_id and c.noted_at >= a.answered_at)
    and not exists (select from core.proposal p where p.initiative_id = a.initiative_id and p.brought_at >= a.answered_at)
    and not exists (select from core.asking b where b.initiative_id = a.initiative_id and b.answered_at > a.answered_at)
  union all
  select 'no-address', a.id, a.initiative_id, a.laid_at, null from core.asking a join watched w on w.id = a.initiative_id
    join core.initiative i on i.id = a.initiative_id
  where a.standing = 'no-address' and i.standing = 'laid' and i.mail is null
    and not exists (select from core.asking b where b.initiative_id = a.initiative_id and b.laid_at > a.laid_at)
    and not exists (select from core.checking c where c.initiative_id = a.initiative_id and c.noted_at >= a.laid_at)
$$;
comment on function core.waiting is 'Everything that waits for who is asking: new entries, proposals, disputed relations, silent entries, answers that something changed, and entries that could not be asked for want of an address.';

create function core.waiting_names(ids uuid[]) returns table (initiative_id uuid, name text, town text, municipality text)
  stable security definer set search_path = pg_catalog, core, vault, pub language sql as $$
  select w.id, (select p.name from core.initiative_period p where p.initiative_id = w.id order by p.valid desc limit 1), t.name, v.municipality
  from core.watched() w
  left join lateral (select v.town, v.municipality from vault.initiative_place v where v.initiative_id = w.id order by v.valid desc limit 1) v on true
  left join pub.place t on t.id = v.town
  where w.id = any(ids)
$$;
comment on function core.waiting_names is 'How these entries are called and in which town they are, as far as who is asking watches over them.';

create function core.askable(in_kind text, in_id text, about text, only_which text)
  returns table (initiative_id uuid, has_address boolean, last_asked timestamptz, wish text, language text)
  stable security definer set search_path = pg_catalog, core, vault language sql as $$
  select i.id, i.mail is not null,
    (select max(coalesce(a.sent_at, a.laid_at)) from core.asking a where a.initiative_id = i.id and a.standing in ('waiting','sent')),
    (select s.wish from core.asking_wish s where s.initiative_id = i.id),
    coalesce((select l.language from vault.entry_link l where l.initiative_id = i.id and l.used_at is not null order by l.used_at desc limit 1),
      (select t.language from core.initiative_text t where t.initiative_id = i.id and t.origin = 'own' order by t.language limit 1), 'nl')
  from core.initiative i
  join core.initiative_period p on p.initiative_id = i.id and p.valid @> core.today() and p.state <> 'ended'
  left join vault.initiative_place v on v.initiative_id = i.id and v.valid @> core.today()
  where (select core.may_ask(in_kind, in_id)) and i.standing = 'laid'
    and (in_kind = 'all' or (in_kind = 'province' and v.province = in_id) or (in_kind = 'municipality' and v.municipality = in_id))
    and (about is null or about = any(p.themes))
    and case only_which when 'all' then true when 'never-confirmed' then i.confirmed_on is null and i.checked_on is null
      else core.today() - core.last_word(i) >= core.silent_days(only_which) end
  order by i.id
$$;
comment on function core.askable is 'The living entries of a region that a campaign could ask, whether they have an address, when they were last asked, what they wished, and in which language to write.';

create function core.lay_askings(campaign uuid, ids uuid[], languages text[]) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if not exists (select from core.campaign c where c.id = campaign and (core.is_operator() or c.made_by = core.viewer_person()) and core.may_ask(c.scope_kind, c.scope_id)) then
    raise exception 'Only who started a campaign lays its questions.' using errcode = '42501';
  end if;
  insert into core.asking (campaign_id, initiative_id, home, language, standing)
    select c.id, k.initiative_id, c.home, w.language, case when k.has_address then 'waiting' else 'no-address' end
    from core.campaign c cross join lateral core.askable(c.scope_kind, c.scope_id, c.theme, c.which) k
    join unnest(ids, languages) as w(id, language) on w.id = k.initiative_id
    where c.id = campaign;
end $$;
comment on function core.lay_askings is 'Lays the questions of a campaign, one for each of these entries that it may ask at all.';

create function core.campaign_tally(campaign uuid) returns table (standing text, answer text, reminded boolean, count bigint)
  stable security definer set search_path = pg_catalog, core language sql as $$
  select a.standing, a.answer, a.reminded_at is not null, count(*) from core.asking a join core.campaign c on c.id = a.campaign_id
  where c.id = campaign and core.may_ask(c.scope_kind, c.scope_id) group by 1, 2, 3
$$;
comment on function core.campaign_tally is 'How far a campaign has come, in numbers, for who may start one there.';

create function core.drop_askings(campaign uuid) returns void security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  update core.asking a set standing = 'dropped' from core.campaign c
    where c.id = campaign and a.campaign_id = c.id and a.standing = 'waiting' and core.may_ask(c.scope_kind, c.scope_id);
  update core.campaign c set stopped_at = now() where c.id = campaign and c.stopped_at is null and core.may_ask(c.scope_kind, c.scope_id);
end $$;
comment on function core.drop_askings is 'Stops a campaign: what was not sent yet is not sent any more.';

-- A verifier may not entrust anything to anyone, save this: who brought an entry that was found right belongs to it.
create function core.welcome(initiative uuid) returns boolean security definer set search_path = pg_catalog, core language plpgsql as $$
declare bringer uuid;
begin
  if not core.is_operator() and not core.watches(initiative) then
    raise exception 'Only who watches over an entry welcomes its bringer.' using errcode = '42501';
  end if;
  select p.id into bringer from core.initiative i join core.person p on p.id = i.added_by and p.left_on is null
    where i.id = initiative and i.standing = 'laid';
  if bringer is null or exists (select from core.role_grant g where g.person_id = bringer and g.role = 'member' and g.scope_id = initiative::text
      and g.ended_on is null and core.today() < g.until_day) then
    return false;
  end if;
  insert into core.role_grant (person_id, role, scope_kind, scope_id, until_day, granted_by, reason)
    values (bringer, 'member', 'initiative', initiative::text, core.today() + 365, core.viewer_person(), 'brought this entry, which was looked at and laid');
  return true;
end $$;
comment on function core.welcome is 'Makes the person who brought a new entry a member of it for a year, after a verifier laid it; answers whether it did.';

create function core.keeps_selection(selection uuid) returns boolean stable security definer set search_path = pg_catalog, core language sql as $$
  select core.is_operator() or coalesce((select core.holds_in(array['partner','editor'], s.scope_kind, s.scope_id) from core.selection s where s.id = selection), false)
$$;
comment on function core.keeps_selection is 'Whether who is asking keeps this selection: partner or editor of its scope.';

create function core.selection_keepers(selection uuid) returns table (id uuid, called text) stable security definer set search_path = pg_catalog, core language sql as $$
  select distinct p.id, p.called from core.selection_entry e join core.person p on p.id = e.cleared_by
  where e.selection_id = selection and core.keeps_selection(selection)
$$;
comment on function core.selection_keepers is 'Who cleared entries for a selection, as they wish to be called, for who keeps it.';

revoke all on function core.holds_around, core.may_ask, core.watched, core.person_watches, core.colleagues, core.last_word, core.silent_days, core.waiting, core.waiting_names, core.askable,
  core.lay_askings, core.campaign_tally, core.drop_askings, core.welcome, core.keeps_selection, core.selection_keepers from public;
grant execute on function core.holds_around, core.may_ask, core.watched, core.person_watches, core.colleagues, core.last_word, core.silent_days, core.waiting, core.waiting_names, core.askable,
  core.lay_askings, core.campaign_tally, core.drop_askings, core.welcome, core.keeps_selection, core.selection_keepers to steppingstones_app;

create policy campaign_is_seen on core.campaign for select to steppingstones_app using (core.may_ask(scope_kind, scope_id));
create policy campaign_is_started on core.campaign for insert to steppingstones_app
  with check (made_by = (select core.viewer_person()) and core.may_ask(scope_kind, scope_id));
create policy asking_is_seen on core.asking for select to steppingstones_app using (core.may_change(initiative_id));
create policy asking_is_answered on core.asking for update to steppingstones_app using (core.keeps(initiative_id)) with check (core.keeps(initiative_id));
create policy asking_is_by_hand on core.asking for insert to steppingstones_app
  with check (campaign_id is null and asked_by = (select core.viewer_person()) and core.watches(initiative_id));
create policy asking_wish_is_said on core.asking_wish to steppingstones_app
  using (core.may_change(initiative_id)) with check (core.may_change(initiative_id));
create policy checking_is_seen on core.checking for select to steppingstones_app using (core.watches(initiative_id));
create policy checking_is_noted on core.checking for insert to steppingstones_app
  with check (checked_by = (select core.viewer_person()) and core.watches(initiative_id));
create policy assignment_is_seen on core.assignment for select to steppingstones_app using (core.watches(initiative_id));
create policy assignment_is_given on core.assignment to steppingstones_app using (core.watches(initiative_id))
  with check (core.watches(initiative_id) and given_by = (select core.viewer_person()) and core.person_watches(person_id, initiative_id));
create policy desk_filter_is_mine on core.desk_filter to steppingstones_app
  using (person_id = (select core.viewer_person())) with check (person_id = (select core.viewer_person()));
create policy selection_is_kept on core.selection to steppingstones_app
  using (core.holds_in(array['partner','editor'], scope_kind, scope_id)) with check (core.holds_in(array['partner','editor'], scope_kind, scope_id));
-- Only what the street may see can be cleared for the street.
create policy selection_entry_is_cleared on core.selection_entry to steppingstones_app
  using (core.keeps_selection(selection_id))
  with check (core.keeps_selection(selection_id) and cleared_by = (select core.viewer_person()) and exists (select from pub.initiative p where p.id = initiative_id));

-- Nobody but who watches over an entry says that it was checked; that nobody lays their own stands in core.keepers_reach.
create function core.only_who_checked() returns trigger language plpgsql as $$
begin
  if new.kind = 'checked' and not core.is_operator() and not core.watches(new.initiative_id) then
    raise exception 'Only who watches over an entry says that it was checked.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.only_who_checked is 'Refuses a life event ''checked'' from who does not watch over the entry.';
create trigger life_event_is_checked before insert on core.life_event for each row execute function core.only_who_checked();

-- What is cleared and open is laid open at once, and leaves with the entry.
create function core.lay_selection_open() returns trigger security definer set search_path = pg_catalog, core, pub language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.key <> new.key or new.ended_on is not null) then
    delete from pub.selection where key = old.key;
  end if;
  if new.ended_on is null then
    insert into pub.selection (key, name, about, kept_by, scope_kind, scope_id, made_on)
      values (new.key, new.name, new.about, new.kept_by, new.scope_kind, new.scope_id, new.made_on)
      on conflict (key) do update set name = excluded.name, about = excluded.about, kept_by = excluded.kept_by;
    insert into pub.selection_entry (selection_key, initiative_id, cleared_on)
      select new.key, e.initiative_id, e.cleared_on from core.selection_entry e join pub.initiative p on p.id = e.initiative_id
      where e.selection_id = new.id on conflict do nothing;
  end if;
  return null;
end $$;
comment on function core.lay_selection_open is 'Keeps what the street sees of a selection the same as what its keepers hold.';
create trigger selection_is_open after insert or update on core.selection for each row execute function core.lay_selection_open();

create function core.lay_cleared_open() returns trigger security definer set search_path = pg_catalog, core, pub language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from pub.selection_entry e using core.selection s
      where s.id = old.selection_id and e.selection_key = s.key and e.initiative_id = old.initiative_id;
  else
    insert into pub.selection_entry (selection_key, initiative_id, cleared_on)
      select s.key, new.initiative_id, new.cleared_on from core.selection s join pub.initiative p on p.id = new.initiative_id
      where s.id = new.selection_id and s.ended_on is null
      on conflict (selection_key, initiative_id) do update set cleared_on = excluded.cleared_on;
  end if;
  return null;
end $$;
comment on function core.lay_cleared_open is 'Lays one cleared entry open, or takes it away.';
create trigger selection_entry_is_open after insert or update or delete on core.selection_entry for each row execute function core.lay_cleared_open();

create function core.lay_cleared_again() returns trigger security definer set search_path = pg_catalog, core, pub language plpgsql as $$
begin
  insert into pub.selection_entry (selection_key, initiative_id, cleared_on)
    select s.key, e.initiative_id, e.cleared_on from core.selection_entry e join core.selection s on s.id = e.selection_id and s.ended_on is null
    where e.initiative_id in (select laid.id from laid) on conflict do nothing;
  return null;
end $$;
comment on function core.lay_cleared_again is 'Puts an entry that was laid open anew back in the selections it was cleared for.';
create trigger initiative_is_cleared after insert on pub.initiative referencing new table as laid for each statement execute function core.lay_cleared_again();

revoke all on function core.only_who_checked, core.lay_selection_open, core.lay_cleared_open, core.lay_cleared_again from public;
