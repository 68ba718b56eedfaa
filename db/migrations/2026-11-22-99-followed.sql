-- What someone who is signed in follows is theirs: it goes along in what they take with them. The class of a column says so.
comment on column vault.follower.told_at is '[person] when the last mail with news went out';
comment on column vault.follower.made_at is '[person] since when';
comment on column vault.following.follower_id is '[person] who follows';
comment on column vault.following.wish is '[person] what: entry, municipality, province, near, within, theme';
comment on column vault.following.language is '[person] language of the mails about it';
comment on column vault.following.asked_at is '[person] when it was asked';
comment on column vault.following.confirmed_at is '[person] when the one who has the address said yes; null is not yet';
