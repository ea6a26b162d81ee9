-- Number of the last step that was recorded: told again, it is the same step.
alter table delivery.effect add column sequence int not null default 0;
-- How often in a row an attempt ended without a word, its process dead: three times is poison.
alter table delivery.effect add column crashes int not null default 0;
-- What is in hand at a target, or has an answer that was not told yet: a poll waits for it, so that our own update does not come back as news.
create index on delivery.effect (tenant, target) where busy_until is not null;

-- Processing activity of the message that taught us the subject; what comes back about it is processed under the same.
alter table delivery.reference add column verwerking text;

create index on delivery.waiting (tenant, target, due_at) where state = 'waiting';
create index on delivery.waiting (tenant, target) where state = 'held';
create index on delivery.waiting (leased_until) where leased_until is not null;
