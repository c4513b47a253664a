-- What a database needs that was put back from a backup, before Parlour uses it again. For PostgreSQL and H2.

-- What was stored after the backup is gone, and its numbers will be given out a second time. Only by the epoch can clients tell
-- that what they have under a number is something else; see "Coming back" in docs/protocol.md.
update room set epoch = cast(gen_random_uuid() as varchar(36));

-- A refresh token that was used since the backup would count again, or the one that came of it as stolen. People log in anew.
delete from login_session;
