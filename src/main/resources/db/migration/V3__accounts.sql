-- Who is not a guest, from whatever source. What an external source says of somebody is in (source, subject); the id is ours, and
-- stands in the log as the sender's.
create table account (
    id            varchar(32)                 not null primary key,
    source        varchar(255)                not null,
    subject       varchar(255)                not null,
    name          varchar(64)                 not null,
    password_hash varchar(255),
    administrator boolean                     not null,
    disabled      boolean                     not null,
    created_at    timestamp(3) with time zone not null,
    last_seen     timestamp(3) with time zone not null,
    unique (source, subject)
);

-- What the accounts' names look like, hashed: a name has up to three looks, and no two accounts share one.
create table account_look (
    look       varchar(64) not null primary key,
    account_id varchar(32) not null references account (id) on delete cascade
);

create index account_look_account on account_look (account_id);

-- A login, with the newest of its refresh tokens and the one before; both as hashes.
create table login_session (
    id            varchar(32)                 not null primary key,
    account_id    varchar(32)                 not null references account (id) on delete cascade,
    refresh_hash  varchar(64)                 not null,
    previous_hash varchar(64),
    created_at    timestamp(3) with time zone not null,
    last_used     timestamp(3) with time zone not null,
    expires_at    timestamp(3) with time zone not null,
    revoked_at    timestamp(3) with time zone
);

create index login_session_account on login_session (account_id);

create sequence audit_id start with 50 increment by 50;

-- Who did what, for administrators. Never what was said, and no token or password.
create table audit (
    id         bigint                      not null primary key,
    at         timestamp(3) with time zone not null,
    actor_id   varchar(64),
    actor_name varchar(64),
    action     varchar(32)                 not null,
    target     varchar(255),
    room       varchar(128),
    detail     varchar(1000),
    address    varchar(64)
);

create index audit_at on audit (at);
