-- Who may do what in which room. A room that nobody has set is open.
alter table room add column kind varchar(16) default 'OPEN' not null;
alter table room add column password_hash varchar(255);
alter table room add column archived boolean default false not null;

create table membership (
    room_id    bigint                      not null references room (id) on delete cascade,
    account_id varchar(32)                 not null references account (id) on delete cascade,
    role       varchar(16)                 not null,
    created_at timestamp(3) with time zone not null,
    primary key (room_id, account_id)
);

create index membership_account on membership (account_id);

-- The subject is the id of a guest or an account, or an address; the name is what it was called then, to find it again.
create table restriction (
    room_id    bigint                      not null references room (id) on delete cascade,
    kind       varchar(16)                 not null,
    subject    varchar(64)                 not null,
    name       varchar(64)                 not null,
    ends_at    timestamp(3) with time zone,
    created_at timestamp(3) with time zone not null,
    primary key (room_id, kind, subject)
);
