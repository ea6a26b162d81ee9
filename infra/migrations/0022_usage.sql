-- What is used per month, what was asked of each system, and when a line stood still.
select set_config('app.tenant', '*', true);

-- The counts of a month of the calendar here, which stay when those of its hours and days go.
create table monitoring.usage_month (
  tenant text not null,
  target text not null,
  measure text not null,
  month date not null,
  amount bigint not null,
  primary key (month, tenant, target, measure)
);
create index on monitoring.usage_month (tenant, month);

insert into monitoring.usage_month (tenant, target, measure, month, amount)
select tenant, target, measure, date_trunc('month', at at time zone 'Europe/Brussels')::date, sum(amount)
from monitoring.usage_count group by 1, 2, 3, 4;

-- A step also tells what its attempt asked of the system: each request is counted by the class of its status.
create or replace function monitoring.count_steps() returns trigger language plpgsql as $$
begin
  insert into monitoring.usage_news (tenant, target, measure, at, amount)
  select s.tenant, s.target, c.measure, date_trunc('hour', s.at), sum(c.amount)
  from added s, lateral (
    values
      (s.outcome, 1),
      ('bytes-out', case s.outcome when 'delivered' then s.bytes end),
      ('critical:' || monitoring.critical_class(s.critical_ms), case s.outcome when 'delivered' then 1 end)
    union all
    select 'calls:' || case when call ->> 'status' ~ '^[1-5]\d\d$' then left(call ->> 'status', 1) || 'xx' else 'failed' end, 1
    from jsonb_array_elements(s.calls) call) c (measure, amount)
  where c.amount is not null and c.measure is not null
  group by 1, 2, 3, 4;
  return null;
end $$;

-- When a line stood still: it was held, or its system could not be reached ('replica' says by which process).
create table monitoring.outage (
  id bigint generated always as identity primary key,
  tenant text not null,
  target text not null,
  kind text not null check (kind in ('held', 'unreachable')),
  replica uuid,
  code text,
  since timestamptz not null,
  -- null while it lasts
  until timestamptz
);
create unique index outage_standing on monitoring.outage (tenant, target, kind, coalesce(replica, '00000000-0000-0000-0000-000000000000')) where until is null;
create index on monitoring.outage (tenant, until);

create function monitoring.note_hold() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into monitoring.outage (tenant, target, kind, code, since) values (new.tenant, new.target, 'held', new.code, new.since)
    on conflict do nothing;
  else
    update monitoring.outage set until = greatest(since, clock_timestamp())
    where tenant = old.tenant and target = old.target and kind = 'held' and until is null;
  end if;
  return null;
end $$;
create trigger note_hold after insert or delete on delivery.hold for each row execute function monitoring.note_hold();

-- A process that died tells nothing any more: what it told last counts for another minute.
create function monitoring.note_circuit() returns trigger language plpgsql as $$
begin
  if tg_op <> 'DELETE' and new.phase = 'open' then
    insert into monitoring.outage (tenant, target, kind, replica, code, since)
    values (new.tenant, new.target, 'unreachable', new.replica, null, clock_timestamp()) on conflict do nothing;
  else
    update monitoring.outage set until = greatest(since, least(clock_timestamp(), old.seen_at + interval '1 minute'))
    where tenant = old.tenant and target = old.target and kind = 'unreachable' and replica = old.replica and until is null;
  end if;
  return null;
end $$;
create trigger note_circuit after insert or delete or update of phase on delivery.circuit for each row execute function monitoring.note_circuit();

insert into monitoring.outage (tenant, target, kind, code, since)
select tenant, target, 'held', code, since from delivery.hold;
insert into monitoring.outage (tenant, target, kind, replica, since)
select tenant, target, 'unreachable', replica, since from delivery.circuit where phase = 'open';

do $$
declare
  t text;
begin
  foreach t in array array['usage_month', 'outage'] loop
    execute format('grant select, insert, update, delete on monitoring.%I to lbbus_app', t);
    execute format('alter table monitoring.%I enable row level security', t);
    execute format('alter table monitoring.%I force row level security', t);
    execute format(
      'create policy scope on monitoring.%I using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant))', t);
  end loop;
end $$;
