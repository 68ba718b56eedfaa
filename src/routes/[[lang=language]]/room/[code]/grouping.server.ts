import {
  layUnder,
  letIssueGo,
  nameIssue,
  renameIssue,
  sit,
} from '#modules/sessions/grouping/commands.server.ts';
import { parseIssue, parseLaying, parseName, parseSitting } from '#modules/sessions/grouping/input.ts';
import type { GroupingReason, GroupingSeen } from '#modules/sessions/grouping/model.ts';
import { groupsIn, issuesIn } from '#modules/sessions/grouping/queries.server.ts';
import type { RoomSeen } from '#modules/sessions/room/model.ts';
import { saidIn } from '#modules/sessions/saying/queries.server.ts';
import type { Tx } from '#platform/db.server.ts';
import type { MessageKey } from '#platform/i18n/keys.ts';
import { ok, refused, type Result } from '#platform/result.ts';
import type { RequestEvent } from './$types';
import { inRoom, type Here } from './here.server.ts';

/** What the open step shows of heaps and small groups, in the transaction of the phone; null where it shows none. */
export async function groupingSeen(tx: Tx, here: Here, room: RoomSeen): Promise<GroupingSeen | null> {
  const { session } = here;
  switch (room.step?.kind) {
    case 'issues':
    case 'stones': {
      const issues = await issuesIn(tx, session);
      const said = await saidIn(tx, session, { forms: ['statement', 'dilemma', 'harvest'] });
      return { issues, said, groups: [] };
    }
    case 'groups':
      return { issues: [], said: [], groups: await groupsIn(tx, session) };
    default:
      return null;
  }
}

const told = (answer: Result<unknown, GroupingReason>, done: MessageKey): Result<MessageKey, MessageKey> =>
  answer.ok ? ok(done) : refused<MessageKey>(`said.refused.${answer.reason}`);

export const groupingActions = {
  nameIssue: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form }) => {
      const [named, issue] = [parseName(form), parseIssue(form)];
      if (!named.ok) return told(named, 'said.done.named');
      const deed = issue
        ? await renameIssue(tx, phone, session, issue, named.value)
        : await nameIssue(tx, phone, session, named.value);
      return told(deed, 'said.done.named');
    }),
  letGo: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form }) => {
      const issue = parseIssue(form);
      return issue
        ? told(await letIssueGo(tx, phone, session, issue), 'said.done.gone')
        : refused('said.refused.not_here');
    }),
  layUnder: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form }) => {
      const laying = parseLaying(form);
      return told(laying.ok ? await layUnder(tx, phone, session, laying.value) : laying, 'said.done.laid');
    }),
  sit: (event: RequestEvent) =>
    inRoom(event, async (tx, { phone, session, form }) => {
      const sitting = parseSitting(form);
      const deed = sitting.ok ? await sit(tx, phone, session, sitting.value) : sitting;
      return told(deed, sitting.ok && sitting.value.number === null ? 'said.done.up' : 'said.done.sat');
    }),
};
