import { sql } from 'kysely';
import { withViewer } from '#platform/db.server.ts';
import { operator, type Viewer } from '#platform/viewer.ts';

/** Releases a telling anew with other words in its first block, seen by its teller and open to everyone. */
export const releasedAnew = (telling: string, teller: Viewer, text: string) =>
  withViewer(operator, async (tx) => {
    await sql`insert into core.telling_version (telling, number, title, doc, hash)
      select telling, 2, title, doc, sha256('two') from core.telling_version where telling = ${telling}`.execute(
      tx,
    );
    await sql`insert into core.telling_block (telling, version, block, place, kind, language, text, content, hash)
      select telling, 2, block, place, kind, language, case place when 0 then ${text} else text end,
        case place when 0 then jsonb_build_array(jsonb_build_object('type', 'text', 'text', ${text}::text)) else content end,
        case place when 0 then sha256(convert_to(${text}, 'UTF8')) else hash end
      from core.telling_block where telling = ${telling} and version = 1`.execute(tx);
    await sql`update core.telling set version = 2 where id = ${telling}`.execute(tx);
    await sql`insert into core.consent (item, use, verdict, audience, seen_hash, shown_in, how, said_by)
      values (${telling}, 'read', 'given', 'public', sha256('two'), 'nl', 'screen', ${teller.id})`.execute(
      tx,
    );
  });
