-- The ordered log. Runs on PostgreSQL and on H2 in its PostgreSQL mode.

create sequence room_id start with 50 increment by 50;

-- epoch changes when the log is restored or reset. last_seq is raised by the transaction that inserts the events.
create table room (
    id            bigint                      not null primary key,
    name          varchar(128)                not null unique,
    epoch         varchar(36)                 not null,
    last_seq      bigint                      not null,
    topic         varchar(8000)               not null,
    created_at    timestamp(3) with time zone not null,
    last_activity timestamp(3) with time zone not null
) ${room_storage};

-- One row for each event of a room: what was said, who came and went. Lengths count UTF-16 units on H2, hence twice the limit.
create table message (
    room_id   bigint                      not null references room (id),
    seq       bigint                      not null,
    kind      varchar(16)                 not null,
    sender    varchar(64)                 not null,
    sender_id varchar(64)                 not null,
    content   varchar(8000),
    nonce     varchar(64),
    at        timestamp(3) with time zone not null,
    primary key (room_id, seq),
    unique (room_id, sender_id, nonce)
);
