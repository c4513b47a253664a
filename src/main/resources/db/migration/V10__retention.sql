-- How long a room's log is kept (days, and newest events; 0 = as long as the server keeps it), and up to where it is gone already.
alter table room add column retention_days integer default 0 not null;
alter table room add column retention_events bigint default 0 not null;
alter table room add column purged_seq bigint default 0 not null;
