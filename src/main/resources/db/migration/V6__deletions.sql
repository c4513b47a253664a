-- What a deletion deletes, and which deletion has emptied a message.
alter table message add column target_seq bigint;
alter table message add column deleted_seq bigint;
