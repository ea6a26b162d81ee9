-- Steps by month, counts that outlive what they count, and the indexes of the search. Nothing here touches what stands
-- already but once: the counts are made from it. The collector waits meanwhile; what it is to store waits in its queue.
select set_config('app.tenant', '*', true);

-- How large the sealed body was: stays known after the body has gone.
alter table monitoring.message add column body_bytes int;

create function monitoring.measure_body() returns trigger language plpgsql as $$
begin
  new.body_bytes := octet_length(new.body);
  return new;
end $$;
create trigger measure_body before insert or update on monitoring.message for each row
  when (new.body is not null and new.body_bytes is null)
  execute function monitoring.measure_body();

-- Of a step that delivered: the time since the message was accepted, and the size of what was delivered.
alter table monitoring.step add column critical_ms bigint;
alter table monitoring.step add column bytes int;

-- Steps lie by the month in which they happened: a month that is past its time goes whole. The table of before takes the place
-- of the first months; what writes to monitoring.step goes on to do so.
alter table monitoring.step rename to step_before;
create table monitoring.step (
  like monitoring.step_before,
  unique (tenant, message, id, at)
) partition by range (at);
create index on monitoring.step (at);
-- What belongs to no month that is there: what outlives its month since its message has not ended, and what comes late.
create table monitoring.step_apart partition of monitoring.step default;

do $$
declare
  edge timestamptz;
begin
  select date_trunc('month', greatest(now(), coalesce(max(at), now())), 'UTC') + interval '1 month'
    into edge from monitoring.step_before;
  execute format('alter table monitoring.step attach partition monitoring.step_before for values from (minvalue) to (%L)', edge);
end $$;

create function monitoring.month_name(month timestamptz) returns text language sql immutable as $$
  select 'step_' || to_char(month at time zone 'UTC', 'YYYY_MM')
$$;

-- Where each month of steps begins and ends; the table of before begins at -infinity.
create view monitoring.step_month with (security_invoker = true) as
  select c.relname::text as name,
    coalesce(substring(pg_get_expr(c.relpartbound, c.oid) from $a$FROM \('([^']+)'\)$a$), '-infinity')::timestamptz as since,
    substring(pg_get_expr(c.relpartbound, c.oid) from $a$TO \('([^']+)'\)$a$)::timestamptz as until
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'monitoring.step'::regclass and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT';

-- Makes the months that are missing, from the one of 'since' through the one of 'through'; answers how many. Processes may not
-- make tables but by this function.
create function monitoring.make_step_months(since timestamptz, through timestamptz) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  month timestamptz;
  made int := 0;
  name text;
begin
  for month in select generate_series(
    date_trunc('month', since, 'UTC') at time zone 'UTC', date_trunc('month', through, 'UTC') at time zone 'UTC',
    interval '1 month') at time zone 'UTC'
  loop
    continue when exists (select from monitoring.step_month m where m.since <= month and m.until > month);
    name := monitoring.month_name(month);
    execute format('create table monitoring.%I (like monitoring.step including all)', name);
    execute format('alter table monitoring.%I enable row level security', name);
    execute format('alter table monitoring.%I force row level security', name);
    execute format('create policy scope on monitoring.%I using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant))', name);
    execute format('grant select, insert, update, delete on monitoring.%I to lbbus_app', name);
    -- What came for this month before it was there.
    execute format('with gone as (delete from monitoring.step_apart where at >= %L and at < %L returning *) insert into monitoring.%I select * from gone',
      month, month + interval '1 month', name);
    execute format('alter table monitoring.step attach partition monitoring.%I for values from (%L) to (%L)',
      name, month, (month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
    made := made + 1;
  end loop;
  return made;
end $$;

-- Lets go of the months that ended before that moment, but not of the steps of messages that have not ended: those are kept
-- apart. Answers how many steps went.
create function monitoring.forget_step_months(before timestamptz) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
  month record;
  kept bigint;
  found bigint;
  gone bigint := 0;
begin
  for month in select * from monitoring.step_month m where m.until <= before order by m.until loop
    execute format('alter table monitoring.step detach partition monitoring.%I', month.name);
    execute format(
      'insert into monitoring.step_apart select s.* from monitoring.%I s join monitoring.message m on m.tenant = s.tenant and m.id = s.message
       where m.status not in (''delivered'', ''expired'', ''discarded'')', month.name);
    get diagnostics kept = row_count;
    execute format('select count(*) from monitoring.%I', month.name) into found;
    execute format('drop table monitoring.%I', month.name);
    gone := gone + found - kept;
  end loop;
  return gone;
end $$;
revoke all on function monitoring.make_step_months, monitoring.forget_step_months from public;
grant execute on function monitoring.make_step_months, monitoring.forget_step_months to lbbus_app;

-- What was counted, by hour, and after some weeks by day of the calendar here: 'amount' of 'measure', at a target or, where that
-- is '', at the tenant's door.
create table monitoring.usage_count (
  tenant text not null,
  target text not null,
  measure text not null,
  at timestamptz not null,
  amount bigint not null,
  primary key (tenant, at, target, measure)
);
create index on monitoring.usage_count (at);

-- What was counted since: added up into the table above every few seconds. Each count stands in the one or in the other.
create table monitoring.usage_news (like monitoring.usage_count);

create view monitoring.usage with (security_invoker = true) as
  select tenant, target, measure, at, amount from monitoring.usage_count
  union all
  select tenant, target, measure, at, amount from monitoring.usage_news;

-- The upper bounds of the classes of critical time, in ms: four to a power of ten, from 0.1 s to 11 days. Class n lies under bound
-- n, counted from 0; the last has none.
create function monitoring.critical_bounds() returns bigint[] language sql immutable parallel safe as $$
  select '{100,178,316,562,1000,1778,3162,5623,10000,17783,31623,56234,100000,177828,316228,562341,1000000,1778279,3162278,5623413,10000000,17782794,31622777,56234133,100000000,177827941,316227766,562341325,1000000000}'::bigint[]
$$;
create function monitoring.critical_class(ms bigint) returns int language sql immutable parallel safe as $$
  select width_bucket(ms, monitoring.critical_bounds())
$$;

-- In the transaction that stores: a message or step is counted when it is there, whoever writes it, and once.
create function monitoring.count_messages() returns trigger language plpgsql as $$
begin
  insert into monitoring.usage_news (tenant, target, measure, at, amount)
  select tenant, '', measure, date_trunc('hour', accepted_at), sum(amount)
  from added, lateral (values (case kind when 'answer' then 'answered' else 'accepted' end, 1), ('bytes-in', body_bytes)) c (measure, amount)
  where amount is not null
  group by 1, 2, 3, 4;
  return null;
end $$;
create trigger count_messages after insert on monitoring.message referencing new table as added
  for each statement execute function monitoring.count_messages();

create function monitoring.count_message_again() returns trigger language plpgsql as $$
declare
  measure text := case new.kind when 'answer' then 'answered' else 'accepted' end;
begin
  insert into monitoring.usage_news (tenant, target, measure, at, amount)
  select c.* from (values
    (new.tenant, '', measure, date_trunc('hour', old.accepted_at), -1),
    (new.tenant, '', measure, date_trunc('hour', new.accepted_at), 1),
    (new.tenant, '', 'bytes-in', date_trunc('hour', old.accepted_at), -old.body_bytes),
    (new.tenant, '', 'bytes-in', date_trunc('hour', new.accepted_at), new.body_bytes)) c (tenant, target, measure, at, amount)
  where c.amount is not null;
  return null;
end $$;
-- Accepted earlier than was known, or its body came after its first step.
create trigger count_message_again after update on monitoring.message for each row
  when (old.accepted_at is distinct from new.accepted_at or old.body_bytes is distinct from new.body_bytes)
  execute function monitoring.count_message_again();

-- Retention takes nothing from what was counted; what is put under another id does: 'app.moving' says so.
create function monitoring.uncount_messages() returns trigger language plpgsql as $$
begin
  if current_setting('app.moving', true) = 'on' then
    insert into monitoring.usage_news (tenant, target, measure, at, amount)
    select tenant, '', measure, date_trunc('hour', accepted_at), -sum(amount)
    from removed, lateral (values (case kind when 'answer' then 'answered' else 'accepted' end, 1), ('bytes-in', body_bytes)) c (measure, amount)
    where amount is not null
    group by 1, 2, 3, 4;
  end if;
  return null;
end $$;
create trigger uncount_messages after delete on monitoring.message referencing old table as removed
  for each statement execute function monitoring.uncount_messages();

create function monitoring.count_steps() returns trigger language plpgsql as $$
begin
  insert into monitoring.usage_news (tenant, target, measure, at, amount)
  select s.tenant, s.target, c.measure, date_trunc('hour', s.at), sum(c.amount)
  from added s, lateral (values
    (s.outcome, 1),
    ('bytes-out', case s.outcome when 'delivered' then s.bytes end),
    ('critical:' || monitoring.critical_class(s.critical_ms), case s.outcome when 'delivered' then 1 end)) c (measure, amount)
  where c.amount is not null and c.measure is not null
  group by 1, 2, 3, 4;
  return null;
end $$;
create trigger count_steps after insert on monitoring.step referencing new table as added
  for each statement execute function monitoring.count_steps();

-- What stands already.
insert into monitoring.usage_count (tenant, target, measure, at, amount)
select tenant, '', measure, date_trunc('hour', accepted_at), sum(amount)
from monitoring.message, lateral (values
  (case kind when 'answer' then 'answered' else 'accepted' end, 1), ('bytes-in', octet_length(body))) c (measure, amount)
where amount is not null
group by 1, 2, 3, 4;

insert into monitoring.usage_count (tenant, target, measure, at, amount)
select s.tenant, s.target, c.measure, date_trunc('hour', s.at), sum(c.amount)
from monitoring.step s left join monitoring.message m on m.tenant = s.tenant and m.id = s.message, lateral (values
  (s.outcome, 1),
  ('bytes-out', case s.outcome when 'delivered' then octet_length(m.body) end),
  ('critical:' || monitoring.critical_class((extract(epoch from s.at - m.accepted_at) * 1000)::bigint),
    case s.outcome when 'delivered' then 1 end)) c (measure, amount)
where c.amount is not null and c.measure is not null
group by 1, 2, 3, 4;

-- Bodies that are still there, so that those past their time are found at once.
create index message_with_body on monitoring.message (accepted_at) where body is not null;
-- The search: newest first within what is asked for.
create index message_by_tenant_type on monitoring.message (tenant, type, accepted_at desc);
create index message_by_id on monitoring.message using hash (id);
create index message_by_subject on monitoring.message using hash (subject);
-- What stands somewhere now, for the overview: what has ended is not in it.
create index target_standing on monitoring.target (tenant, target, status) where status in ('accepted', 'waiting', 'held', 'parked');

-- Tenants and types differ much in size: more of them are known by heart.
alter table monitoring.message alter column tenant set statistics 500;
alter table monitoring.message alter column type set statistics 500;
-- A table of millions is looked after when a hundredth has changed, not a fifth.
alter table monitoring.message set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.02);
alter table monitoring.target set (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.01, autovacuum_vacuum_insert_scale_factor = 0.02);

do $$
declare
  t text;
begin
  foreach t in array array['step', 'step_apart', 'usage_count', 'usage_news'] loop
    execute format('grant select, insert, update, delete on monitoring.%I to lbbus_app', t);
    execute format('alter table monitoring.%I enable row level security', t);
    execute format('alter table monitoring.%I force row level security', t);
    execute format(
      'create policy scope on monitoring.%I using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant))', t);
  end loop;
  grant select on monitoring.usage, monitoring.step_month to lbbus_app;
end $$;
