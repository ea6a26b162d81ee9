-- How each line (a connector instance of a tenant) was last seen to be, and since when. One process of monitoring writes it.
create table monitoring.line_state (
  tenant text not null,
  target text not null,
  severity text not null check (severity in ('bad', 'attention', 'fine', 'untried', 'off')),
  -- the worst; null where there is none
  cause text,
  -- of the severity
  since timestamptz not null default clock_timestamp(),
  primary key (tenant, target)
);

-- Each time that it became another, as far as somebody should know of it.
create table monitoring.line_change (
  id bigint generated always as identity primary key,
  tenant text not null,
  target text not null,
  at timestamptz not null default clock_timestamp(),
  -- null where the line was not known before
  before text,
  severity text not null,
  cause text,
  count bigint,
  what text
);
create index on monitoring.line_change (at desc, id desc);
create index on monitoring.line_change (tenant, at desc, id desc);

-- Which process writes the two above, and how long that stands without another word of it.
create table monitoring.line_watch (
  "only" boolean primary key default true check ("only"),
  process uuid not null,
  until timestamptz not null
);

do $$
declare
  t text;
begin
  grant select, insert, update on monitoring.line_watch to lbbus_app;
  foreach t in array array['line_state', 'line_change'] loop
    execute format('grant select, insert, update, delete on monitoring.%I to lbbus_app', t);
    execute format('alter table monitoring.%I enable row level security', t);
    execute format('alter table monitoring.%I force row level security', t);
    execute format(
      'create policy scope on monitoring.%I using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant))', t);
  end loop;
end $$;
