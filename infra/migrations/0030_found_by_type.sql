-- What went amiss also knows of which type its message is, and what stands somewhere is told by its index alone: of many of one kind,
-- the few of another are found without looking each up. What is let go, and what stands behind another, is found the same way.
select set_config('app.tenant', '*', true);

alter table monitoring.step add column type text, add column source text;

create or replace function monitoring.date_step() returns trigger language plpgsql as $$
begin
  select m.accepted_at, m.type, m.source into new.accepted_at, new.type, new.source from monitoring.message m where m.tenant = new.tenant and m.id = new.message;
  new.accepted_at := coalesce(new.accepted_at, '-infinity');
  return new;
end $$;
drop trigger date_step on monitoring.step;
create trigger date_step before insert on monitoring.step for each row
  when (new.accepted_at = '-infinity'
    and new.outcome in ('retry', 'rejected', 'held', 'parked', 'queued', 'released', 'expired', 'discarded'))
  execute function monitoring.date_step();

create or replace function monitoring.date_steps_again() returns trigger language plpgsql as $$
begin
  update monitoring.step s set accepted_at = new.accepted_at, type = new.type, source = new.source
  where s.tenant = new.tenant and s.message = new.id
    and s.outcome in ('retry', 'rejected', 'held', 'parked', 'queued', 'released', 'expired', 'discarded');
  return null;
end $$;

create or replace function monitoring.date_steps_of_moved() returns trigger language plpgsql as $$
begin
  update monitoring.step s set accepted_at = a.accepted_at, type = a.type, source = a.source from added a
  where s.tenant = a.tenant and s.message = a.id
    and s.outcome in ('retry', 'rejected', 'held', 'parked', 'queued', 'released', 'expired', 'discarded');
  return null;
end $$;

update monitoring.step s set accepted_at = m.accepted_at, type = m.type, source = m.source from monitoring.message m
where m.tenant = s.tenant and m.id = s.message
  and s.outcome in ('retry', 'rejected', 'held', 'parked', 'queued', 'released', 'expired', 'discarded');

drop index if exists monitoring.step_amiss;
create index step_amiss on monitoring.step (outcome, accepted_at desc, message desc) include (tenant, target, type, source)
  where outcome in ('retry', 'rejected', 'held', 'parked', 'queued', 'released', 'expired', 'discarded');
drop index if exists monitoring.step_amiss_of_tenant;
create index step_amiss_of_tenant on monitoring.step (tenant, outcome, accepted_at desc, message desc) include (target, type, source)
  where outcome in ('retry', 'rejected', 'held', 'parked', 'queued', 'released', 'expired', 'discarded');

drop index if exists monitoring.message_standing;
create index message_standing on monitoring.message (status, accepted_at desc, id desc) include (tenant, type, source) where status <> 'delivered';
drop index if exists monitoring.message_standing_of_tenant;
create index message_standing_of_tenant on monitoring.message (tenant, status, accepted_at desc, id desc) include (type, source)
  where status <> 'delivered';

-- Of which tenants something was ever counted at a target.
create index on monitoring.usage_month (target, measure, tenant);
drop index if exists monitoring.usage_month_target_tenant_idx;
