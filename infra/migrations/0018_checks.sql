-- An operator asks whether a connector instance would work now. Monitoring writes the row; a process of delivery, which
-- alone opens secrets, takes it, asks the system and writes what it said. The last one of each instance stays.
create table delivery.connection_check (
  tenant text not null,
  target text not null,
  -- of this asking: an answer to an earlier one is not taken for its own
  id uuid not null default gen_random_uuid(),
  asked_by text not null,
  asked_at timestamptz not null default clock_timestamp(),
  -- of the tenants when it was asked: whoever asks the system has these settings or later ones
  revision bigint not null,
  taken_until timestamptz,
  ended_at timestamptz,
  works boolean,
  code text,
  detail text,
  duration_ms int,
  primary key (tenant, target)
);
create index on delivery.connection_check (asked_at) where ended_at is null;

-- The circuits that are not closed, as each process of delivery has them; one that is not seen any more counts no more.
create table delivery.circuit (
  tenant text not null,
  target text not null,
  replica uuid not null,
  phase text not null check (phase in ('open', 'recovering')),
  since timestamptz not null,
  -- until when nothing is tried; null while it recovers
  probe_at timestamptz,
  openings int not null,
  seen_at timestamptz not null,
  primary key (tenant, target, replica)
);

do $$
declare
  t text;
begin
  foreach t in array array['connection_check', 'circuit'] loop
    execute format('grant select, insert, update, delete on delivery.%I to lbbus_app', t);
    execute format('alter table delivery.%I enable row level security', t);
    execute format('alter table delivery.%I force row level security', t);
    execute format(
      'create policy scope on delivery.%I using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant))', t);
  end loop;
end $$;
