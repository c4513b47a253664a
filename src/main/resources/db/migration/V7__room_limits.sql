-- How often somebody may speak (seconds, 0 = at will), and how many people there may be (0 = any number).
alter table room add column slow_mode integer default 0 not null;
alter table room add column max_members integer default 0 not null;
