-- Ways into a room that its moderators give out. Of the secret only the hash is kept; what is revoked has no row.
create table invitation (
    id         varchar(32)                 not null primary key,
    room_id    bigint                      not null references room (id) on delete cascade,
    secret     varchar(64)                 not null unique,
    role       varchar(16)                 not null,
    inviter_id varchar(32)                 not null references account (id) on delete cascade,
    by_office  boolean                     not null,
    uses       integer                     not null,
    created_at timestamp(3) with time zone not null,
    expires_at timestamp(3) with time zone not null
);

create index invitation_room on invitation (room_id);

create index invitation_inviter on invitation (inviter_id);
