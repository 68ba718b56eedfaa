-- A live room: many ballots at once, pictures that never tell of one person, and a close that leaves no way back to a ballot.

create table core.room_picture_ballot (
  session uuid not null,
  number smallint not null,
  voter uuid not null,
  said jsonb not null check (jsonb_typeof(said) = 'object'),
  voice smallint check (voice >= 0),
  primary key (session, number, voter),
  foreign key (session, number) references core.room_picture on delete cascade
);
comment on table core.room_picture_ballot is 'What each ballot said in a picture as it was shown, so that the next picture can be held against it and never tells of one person. Gone when the last picture after the close is drawn.';
comment on column core.room_picture_ballot.session is '[secret] which room';
comment on column core.room_picture_ballot.number is '[secret] the how many-eth picture';
comment on column core.room_picture_ballot.voter is '[secret] which ballot; another key after the close';
comment on column core.room_picture_ballot.said is '[secret] what it said then: {statement: agree 1, pass 0, disagree -1}';
comment on column core.room_picture_ballot.voice is '[secret] in which voice of that picture it was counted; null in none';

alter table core.room_picture_ballot enable row level security;
alter table core.room_picture_ballot force row level security;
create policy room_picture_ballot_of_the_owner on core.room_picture_ballot to steppingstones_owner using (true) with check (true);
create policy room_picture_ballot_with_the_operator on core.room_picture_ballot to steppingstones_app using ((select core.is_operator())) with check ((select core.is_operator()));
grant select, insert, update, delete on core.room_picture_ballot to steppingstones_app;

create function core.cast_votes(of_sessions uuid[], of_statements uuid[], said smallint[], counted bigint[]) returns boolean[] security definer set search_path = pg_catalog, core language plpgsql as $$
declare
  keys bytea := core.viewer_ballot();
  many integer := cardinality(of_sessions);
  live uuid[];
  taken boolean[];
begin
  if keys is null or length(keys) <> 32 * many or cardinality(of_statements) <> many or cardinality(said) <> many or cardinality(counted) <> many then
    raise exception 'Only a ballot votes.' using errcode = '42501';
  end if;
  -- Held until the commit, so that no vote comes after the close.
  select array_agg(s.id) into live from (select s.id from core.session s where s.id = any(of_sessions) and s.state = 'live' order by s.id for key share) s;
  select array_agg(coalesce(a.session = any(live), false) and exists (select from core.statement x where x.id = a.statement and x.session = a.session and x.form = 'statement' and x.standing = 'open') order by a.at)
    into taken from unnest(of_sessions, of_statements) with ordinality as a(session, statement, at);
  -- In the order of the keys, so that two processes never wait for each other.
  insert into core.voter (session, key_hash)
    select distinct on (k.key) k.session, k.key from (select a.session, a.at, substring(keys from (a.at::integer - 1) * 32 + 1 for 32) as key from unnest(of_sessions) with ordinality as a(session, at)) k
    where taken[k.at] and not exists (select from core.voter b where b.key_hash = k.key) order by k.key
    on conflict (key_hash) do nothing;
  insert into core.vote as v (voter, statement, vote, seq)
    select distinct on (b.id, a.statement) b.id, a.statement, a.vote, a.seq
    from unnest(of_sessions, of_statements, said, counted) with ordinality as a(session, statement, vote, seq, at)
    join core.voter b on b.key_hash = substring(keys from (a.at::integer - 1) * 32 + 1 for 32) and b.session = a.session
    where taken[a.at] order by b.id, a.statement, a.seq desc, a.at
    on conflict (voter, statement) do update set vote = excluded.vote, seq = excluded.seq where excluded.seq > v.seq;
  return taken;
end $$;
comment on function core.cast_votes is 'Takes votes of several ballots in one commit, each as cast_vote would; who asks holds their fingerprints side by side, in the order of the votes.';

create function core.presence_of(of_word bytea) returns table (phone uuid, people uuid[]) stable security definer set search_path = pg_catalog, core language sql as $$
  select p.id, coalesce((select array_agg(x.id) from core.participant x where x.phone = p.id and x.session = p.session and x.state = 'in'), '{}')
  from core.room_phone p where p.word_hash = of_word
$$;
comment on function core.presence_of is 'Which phone has this word, by its fingerprint, and who on it is in its room.';

create function core.count_cards(of_session uuid) returns integer stable security definer set search_path = pg_catalog, core language sql as $$
  select count(*)::integer from core.voter b where b.session = of_session and b.card is not null and core.helps_in(of_session)
$$;
comment on function core.count_cards is 'How many paper cards were typed in; never what stands on them.';

create function core.keep_session_way() returns trigger security definer set search_path = pg_catalog, core language plpgsql as $$
begin
  if new.state = old.state or core.is_operator() then
    return new;
  end if;
  if (old.state, new.state) not in (('preparing','lobby'), ('lobby','live'), ('live','paused'), ('paused','live'), ('live','closed'), ('paused','closed'), ('closed','shared'),
    ('preparing','called-off'), ('lobby','called-off')) then
    raise exception 'A session that is % does not become %.', old.state, new.state using errcode = '42501';
  end if;
  if new.state = 'closed' and exists (select from core.voter b where b.session = new.id and (b.key_hash is not null or b.card is not null)) then
    raise exception 'A room is closed when its ballots are laid down.' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function core.keep_session_way is 'A session goes the ways of docs/states/session.md and no other, and is never closed while a ballot can still be found.';
create trigger session_keeps_its_way before update on core.session for each row execute function core.keep_session_way();

revoke all on function core.cast_votes, core.presence_of, core.count_cards from public;
grant execute on function core.cast_votes, core.presence_of, core.count_cards to steppingstones_app;
