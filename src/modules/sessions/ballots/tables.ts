import type { Generated } from 'kysely';

interface VoterTable {
  id: Generated<string>;
  session: string;
  key_hash: Buffer | null;
  card: number | null;
}

interface VoteTable {
  voter: string;
  statement: string;
  vote: number;
  seq: Generated<number>;
}

interface StoneTable {
  voter: string;
  issue: string;
  stones: number;
}

interface RoomPictureTable {
  session: string;
  number: number;
  people: number;
  votes: number;
  picture: unknown;
  at: Generated<Date>;
}

interface RoomPictureBallotTable {
  session: string;
  number: number;
  voter: string;
  said: Readonly<Record<string, -1 | 0 | 1>>;
  voice: number | null;
}

declare module '#platform/db.server.ts' {
  interface Database {
    'core.voter': VoterTable;
    'core.vote': VoteTable;
    'core.stone': StoneTable;
    'core.room_picture': RoomPictureTable;
    'core.room_picture_ballot': RoomPictureBallotTable;
  }
}
