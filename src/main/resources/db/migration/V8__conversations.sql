-- The two whose conversation a room of the kind DIRECT is. A person is a guest or an account; the name is what it was last called.
create table participant (
    room_id   bigint      not null references room (id) on delete cascade,
    person_id varchar(64) not null,
    name      varchar(64) not null,
    primary key (room_id, person_id)
);

create index participant_person on participant (person_id);
