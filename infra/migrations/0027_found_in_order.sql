-- What went amiss is found newest first, a page at a time: by the moment at which its message was accepted, which the step knows
-- too. Of what happens to each message it is not kept, so that the two indexes hold little and cost those nothing. It is no null:
-- the planner would take the few that went amiss for far fewer, and sort them all for a page.
select set_config('app.tenant', '*', true);

alter table monitoring.step add column accepted_at timestamptz not null default '-infinity';

update monitoring.step s set accepted_at = m.accepted_at from monitoring.message m
where m.tenant = s.tenant and m.id = s.message and s.outcome in ('retry', 'rejected', 'held', 'parked', 'expired', 'discarded');

create function monitoring.date_step() returns trigger language plpgsql as $$
begin
  select m.accepted_at into new.accepted_at from monitoring.message m where m.tenant = new.tenant and m.id = new.message;
  new.accepted_at := coalesce(new.accepted_at, '-infinity');
  return new;
end $$;
-- Whoever writes it: the message is there, and held by who adds steps to it.
create trigger date_step before insert on monitoring.step for each row
  when (new.accepted_at = '-infinity' and new.outcome in ('retry', 'rejected', 'held', 'parked', 'expired', 'discarded'))
  execute function monitoring.date_step();

create function monitoring.date_steps_again() returns trigger language plpgsql as $$
begin
  update monitoring.step s set accepted_at = new.accepted_at
  where s.tenant = new.tenant and s.message = new.id and s.outcome in ('retry', 'rejected', 'held', 'parked', 'expired', 'discarded');
  return null;
end $$;
-- Accepted earlier than was known.
create trigger date_steps_again after update on monitoring.message for each row
  when (old.accepted_at is distinct from new.accepted_at) execute function monitoring.date_steps_again();

create function monitoring.date_steps_of_moved() returns trigger language plpgsql as $$
begin
  update monitoring.step s set accepted_at = a.accepted_at from added a
  where s.tenant = a.tenant and s.message = a.id and s.outcome in ('retry', 'rejected', 'held', 'parked', 'expired', 'discarded');
  return null;
end $$;
-- Another message takes the id of one that was put under another: 'app.moving' is 'off' once that happened in a transaction.
create trigger date_steps_of_moved after insert on monitoring.message referencing new table as added
  for each statement when (current_setting('app.moving', true) = 'off')
  execute function monitoring.date_steps_of_moved();

create index step_amiss on monitoring.step (outcome, accepted_at desc, message desc) include (tenant, target)
  where outcome in ('retry', 'rejected', 'held', 'parked', 'expired', 'discarded');
create index step_amiss_of_tenant on monitoring.step (tenant, outcome, accepted_at desc, message desc) include (target)
  where outcome in ('retry', 'rejected', 'held', 'parked', 'expired', 'discarded');
-- Found the same, but in no order.
drop index if exists monitoring.step_outcome_tenant_target_idx;

-- What stands somewhere by what it is, in order. They take the place of those of all that is not delivered, among which it was
-- looked for one by one: a message is written to as many indexes as before.
create index message_standing on monitoring.message (status, accepted_at desc, id desc) where status <> 'delivered';
create index message_standing_of_tenant on monitoring.message (tenant, status, accepted_at desc, id desc) where status <> 'delivered';
drop index if exists monitoring.message_accepted_at_id_idx;
drop index if exists monitoring.message_tenant_accepted_at_id_idx1;
