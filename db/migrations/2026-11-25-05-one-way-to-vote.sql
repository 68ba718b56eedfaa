-- Two functions of the room that nothing asks any more: votes are cast side by side (cast_votes), and a code is asked by room_behind.
drop function core.cast_vote(uuid, uuid, smallint, bigint);
drop function core.room_called(text);
comment on function core.cast_votes is 'Takes votes of several ballots in one commit, each once and the newest by the count of its phone; false where the room does not vote on it now. Who asks holds their fingerprints side by side, in the order of the votes.';
