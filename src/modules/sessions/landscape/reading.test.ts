import { expect, test } from 'vitest';
import { readGroups, readVotes } from './reading.ts';

test('votes are read whatever the order of the columns, the mark of the lines or the quotes', () => {
  const plain = readVotes('timestamp,datetime,comment-id,voter-id,vote\r\n5,now,7,a,1\r\n6,now,7,b,-1\r\n');
  const quoted = readVotes('\uFEFF"vote";"voter-id";"comment-id"\n"1";"a";"7"\n"-1";"b";"7"\n');
  expect(plain).toEqual({
    ok: true,
    value: [
      { person: 'a', statement: '7', vote: 1, at: 5 },
      { person: 'b', statement: '7', vote: -1, at: 6 },
    ],
  });
  expect(quoted).toEqual({
    ok: true,
    value: [
      { person: 'a', statement: '7', vote: 1 },
      { person: 'b', statement: '7', vote: -1 },
    ],
  });
});

test('each fault is told with its row, its field and its reason, and nothing is taken', () => {
  const read = readVotes('timestamp,comment-id,voter-id,vote\n1,7,a,2\nsoon,7,a,1\n3,,a,1\n4,7\n5,7,b,1\n');
  expect(read).toEqual({
    ok: false,
    problems: [
      { row: 2, field: 'vote', reason: 'not_a_vote', found: '2' },
      { row: 3, field: 'timestamp', reason: 'not_a_time', found: 'soon' },
      { row: 4, field: 'comment-id', reason: 'empty', found: '' },
      { row: 5, field: '', reason: 'too_few_fields', found: '4,7' },
    ],
  });
});

test('a file that holds something else says which column it misses', () => {
  expect(readVotes('')).toMatchObject({ problems: [{ row: 1, reason: 'empty_file' }] });
  expect(readVotes('a,b\n1,2')).toMatchObject({
    problems: [{ field: 'comment-id' }, { field: 'voter-id' }, { field: 'vote' }],
  });
  expect(readVotes('comment-id,voter-id,vote\n"7,a,1')).toMatchObject({ problems: [{ reason: 'not_csv' }] });
});

test('people without a group are in none, and nobody stands twice', () => {
  const head = 'participant,group-id,n-votes\n';
  expect(readGroups(`${head}a,0,3\nb,,1\n`)).toEqual({ ok: true, value: new Map([['a', '0']]) });
  expect(readGroups(`${head}a,0,3\na,1,3\n`)).toMatchObject({
    problems: [{ row: 3, field: 'participant', reason: 'twice' }],
  });
});
