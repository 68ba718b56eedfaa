-- What someone reads before they come into a room, with nothing but its code in their hand.
create function core.room_door(of_code text)
  returns table (session uuid, title jsonb, purpose jsonb, language text, kind text, door text, place text, starts_at timestamptz)
  stable security definer set search_path = pg_catalog, core language sql as $$
  select s.id, s.title, s.purpose, s.language, s.kind, s.door, s.place, s.starts_at from core.session s
  where s.code = of_code and s.state in ('lobby','live','paused')
$$;
comment on function core.room_door is 'What stands on the door of the room that is open under this code: its name and what it is for, never who is in it or what is said.';
revoke all on function core.room_door from public;
grant execute on function core.room_door to steppingstones_app;
