import type { Generated } from 'kysely';
import type { Day } from '#platform/clock.ts';
import type { Channel, Theme } from '../model.ts';
import type { Answer, Choice, Region } from './model.ts';

declare module '#platform/db.server.ts' {
  interface Database {
    'core.campaign': {
      id: Generated<string>;
      name: string;
      scope_kind: Region['kind'];
      scope_id: string;
      theme: Theme | null;
      which: Choice;
      home: string;
      made_by: string | null;
      started_at: Generated<Date>;
      stopped_at: Date | null;
    };
    'core.asking': {
      id: Generated<string>;
      campaign_id: string | null;
      initiative_id: string;
      home: string;
      language: string;
      standing: 'waiting' | 'sent' | 'no-address' | 'dropped';
      asked_by: string | null;
      laid_at: Generated<Date>;
      sent_at: Date | null;
      reminded_at: Date | null;
      answer: Answer | null;
      answered_at: Date | null;
    };
    'core.asking_wish': {
      initiative_id: string;
      wish: 'less' | 'never';
      said_at: Generated<Date>;
    };
    'core.checking': {
      id: Generated<string>;
      initiative_id: string;
      checked_by: string | null;
      channel: Channel;
      day: Day;
      found: 'right' | 'changed' | 'stopped' | 'no-answer';
      note: string | null;
      noted_at: Generated<Date>;
    };
  }
}
