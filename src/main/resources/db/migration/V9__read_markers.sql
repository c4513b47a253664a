-- How far an account has read a room or a conversation. Moves forward only.
create table read_marker (
    account_id varchar(32) not null references account (id) on delete cascade,
    room_id    bigint      not null references room (id) on delete cascade,
    seq        bigint      not null,
    primary key (account_id, room_id)
);

create index read_marker_room on read_marker (room_id);
