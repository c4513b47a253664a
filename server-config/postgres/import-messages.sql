-- Brings what people said on the original Rust server into Parlour's log.
--
--   psql -v ON_ERROR_STOP=1 -f import-messages.sql DATABASE
--
-- The table of that server, messages(id, room, message jsonb, "timestamp"), has to be in the same database (pg_dump -t messages OLD | psql
-- DATABASE; or a view of that name), and Parlour has to have started there once. Everything is done in one transaction. It may be run again:
-- what is there already is not imported twice, and what has come since is. What a retention rule has removed meanwhile would come back,
-- though. A room's events stand in the order of their times, behind what Parlour's log holds already; so import before people talk.
--
-- The last statement tells how many rows were imported now, earlier, and left out, and why. Times without a zone count as UTC.
begin;

set local timezone to 'UTC';

create temporary table imported on commit drop as
select
    row_number() over (order by source."timestamp", source.id) as place,
    'import:' || case when length(source.id::text) <= 48 then source.id::text else md5(source.id::text) end as nonce,
    normalize(btrim(source.room), nfc) as room,
    case source.message ->> 'type'
        when 'NewMessage' then 'MESSAGE'
        when 'UserJoined' then 'JOINED'
        when 'UserLeft' then 'LEFT'
    end as kind,
    normalize(btrim(source.message ->> 'username'), nfc) as sender,
    case source.message ->> 'type' when 'NewMessage' then source.message ->> 'content' when 'UserLeft' then 'quit' end as content,
    source."timestamp"::timestamp with time zone as at,
    null::text as fault
from messages as source;

-- The rules for names are those of docs/protocol.md; whatever this server could not have said is left out. What a letter is depends on the
-- collation: one that knows all alphabets, if there is one.
do $do$
declare
    letters name := (
        select collname
        from pg_collation
        where collname in ('pg_c_utf8', 'und-x-icu', 'C.utf8', 'default')
        order by array_position(array['pg_c_utf8', 'und-x-icu', 'C.utf8', 'default']::name[], collname)
        limit 1);
begin
    execute format($check$
        update imported set fault = case
            when kind is null then 'no event that there is'
            when at is null then 'no time'
            when room is null or length(room) not between 1 and 64 or room in ('.', '..')
                or room collate %1$I !~ '^[[:alnum:]._:-]+( +[[:alnum:]._:-]+)*$'
                or lower(room) ~ '^(private|direct):' then 'no name of a room'
            when sender is null or length(sender) not between 1 and 32
                or sender collate %1$I !~ '^[[:alnum:]._-]+( [[:alnum:]._-]+)*$'
                or sender collate %1$I !~ '[[:alnum:]]' then 'no name of a person'
            when kind = 'MESSAGE' and (content is null or content !~ '[^[:space:]]') then 'no content'
            when length(content) > 4000 then 'too long'
        end$check$, letters);
end
$do$;

insert into room (id, name, epoch, last_seq, topic, created_at, last_activity)
select nextval('room_id'), room, gen_random_uuid()::text, 0, '', min(at), max(at)
from imported
where fault is null
group by room
on conflict (name) do nothing;

-- Holding a room's row is the right to append to its log; in the order in which Parlour takes them.
select count(*) as rooms
from (select id from room where name in (select room from imported where fault is null) order by id for update) as held;

-- A sender of the past is nobody who could come back.
create temporary table placed on commit drop as
select
    room.id as room_id,
    room.last_seq + row_number() over (partition by room.id order by imported.place) as seq,
    imported.kind,
    imported.sender,
    'imported.' || md5(imported.sender) as sender_id,
    imported.content,
    imported.nonce,
    imported.at
from imported
join room on room.name = imported.room
where imported.fault is null
  and not exists (
      select from message
      where message.room_id = room.id
        and message.sender_id = 'imported.' || md5(imported.sender)
        and message.nonce = imported.nonce);

insert into message (room_id, seq, kind, sender, sender_id, content, nonce, at)
select room_id, seq, kind, sender, sender_id, content, nonce, at
from placed;

update room
set last_seq = newest.seq, last_activity = greatest(room.last_activity, newest.at)
from (select room_id, max(seq) as seq, max(at) as at from placed group by room_id) as newest
where room.id = newest.room_id;

create temporary table report as
select 'imported now' as outcome, (select count(*) from placed) as events
union all
select 'imported earlier', (select count(*) from imported where fault is null) - (select count(*) from placed)
union all
select 'left out: ' || fault, count(*) from imported where fault is not null group by fault;

commit;

select outcome, events from report order by outcome;

drop table report;
