-- What a message answers.
alter table message add column reply_to bigint;

-- Keys that this installation signs with. Made at the first start; whoever knows one can be any guest.
create table signing_key (
    purpose    varchar(32)                 not null primary key,
    secret     varchar(128)                not null,
    created_at timestamp(3) with time zone not null
);
