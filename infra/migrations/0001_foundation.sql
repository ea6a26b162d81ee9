-- Owner: the login that migrates. Processes work as the role lbbus_app, for which row-level security is in force.
create schema tenants;
create schema delivery;
create schema monitoring;

-- The scope of a transaction: one tenant, or '*' for the bus's own work across tenants. Unset sees nothing.
create function tenants.in_scope(tenant text) returns boolean language sql stable as $$
  select current_setting('app.tenant', true) in (tenant, '*')
$$;

create table tenants.tenant (
  id text primary key check (id ~ '^[a-z][a-z0-9-]{1,39}$'),
  name text not null,
  bestuurseenheid text not null,
  kbo text not null,
  -- { verwerkingen: string[], rate: { perSecond, burst }, allowedHosts: string[] }
  settings jsonb not null default '{}',
  -- data keys of the tenant, wrapped by a key of the deployment; null after the tenant was forgotten
  body_key bytea,
  secret_key bytea,
  updated_at timestamptz not null default now()
);

create table tenants.connector (
  tenant text not null references tenants.tenant on delete cascade,
  name text not null,
  connector text not null,
  settings jsonb not null default '{}',
  hook_token_hash bytea unique,
  enabled boolean not null default true,
  primary key (tenant, name)
);

create table tenants.route (
  tenant text not null references tenants.tenant on delete cascade,
  position int not null,
  message_type text not null,
  filter jsonb,
  targets text[] not null,
  primary key (tenant, position)
);

create table tenants.secret (
  tenant text not null references tenants.tenant on delete cascade,
  name text not null,
  version int not null,
  sealed bytea not null,
  -- keyed hash of the plain value: lets "diff" see that nothing changed without opening it
  fingerprint bytea not null,
  updated_at timestamptz not null default now(),
  primary key (tenant, name, version)
);

create table tenants.credential (
  tenant text not null references tenants.tenant on delete cascade,
  name text not null,
  -- SHA-256 of each valid API key, two at most
  key_hashes bytea[] not null default '{}',
  issuer text,
  client_id text,
  sources text[] not null default '{}',
  types text[] not null default '{}',
  postvakken text[] not null default '{}',
  -- connector instance this application stands for; its messages are not routed back there
  system text,
  expires_at timestamptz,
  primary key (tenant, name),
  unique (issuer, client_id)
);

-- One row: rises with each change of the tables above and is announced on channel lbbus_tenants.
create table tenants.revision (
  "only" boolean primary key default true check ("only"),
  revision bigint not null default 0
);
insert into tenants.revision default values;

create function tenants.rise() returns trigger language plpgsql security definer
  set search_path = pg_catalog as $$
begin
  update tenants.revision set revision = revision + 1;
  perform pg_notify('lbbus_tenants', '');
  return null;
end $$;
create trigger rise after insert or update or delete or truncate on tenants.tenant for each statement execute function tenants.rise();
create trigger rise after insert or update or delete or truncate on tenants.connector for each statement execute function tenants.rise();
create trigger rise after insert or update or delete or truncate on tenants.route for each statement execute function tenants.rise();
create trigger rise after insert or update or delete or truncate on tenants.secret for each statement execute function tenants.rise();
create trigger rise after insert or update or delete or truncate on tenants.credential for each statement execute function tenants.rise();

-- What a message did at one target: written before the call ('started') and after it ('done').
create table delivery.effect (
  tenant text not null,
  target text not null,
  message uuid not null,
  digest text not null,
  state text not null check (state in ('started', 'done', 'failed')),
  -- while 'started': nobody else tries before this moment
  busy_until timestamptz,
  external_id text,
  -- sealed answer, published again when the message comes again
  answer bytea,
  at timestamptz not null default now(),
  primary key (tenant, target, message)
);
create index on delivery.effect (at);

create table delivery.reference (
  tenant text not null,
  target text not null,
  external_id text not null,
  subject text not null,
  state jsonb,
  updated_at timestamptz not null default now(),
  primary key (tenant, target, external_id)
);
create index on delivery.reference (tenant, target, subject);

-- Lanes: what waits, in order per (tenant, target, subject). A parked message does not hold up its lane.
create table delivery.waiting (
  id bigint generated always as identity primary key,
  tenant text not null,
  target text not null,
  subject text not null,
  message uuid not null,
  state text not null check (state in ('waiting', 'held', 'parked')),
  due_at timestamptz not null,
  attempt int not null default 0,
  sequence int not null default 0,
  first_failed_at timestamptz,
  code text,
  detail text,
  envelope jsonb not null,
  body bytea not null,
  leased_by uuid,
  leased_until timestamptz,
  created_at timestamptz not null default now(),
  unique (tenant, target, message)
);
create index on delivery.waiting (tenant, target, subject, id) where state <> 'parked';
create index on delivery.waiting (due_at) where state = 'waiting';
create index on delivery.waiting (tenant, target, code) where state = 'parked';

create table delivery.hold (
  tenant text not null,
  target text not null,
  code text not null,
  detail text not null,
  -- 'bus' or the operator's name
  held_by text not null,
  since timestamptz not null default now(),
  primary key (tenant, target)
);

create table delivery.cursor (
  tenant text not null,
  target text not null,
  source text not null,
  cursor jsonb not null,
  leased_by uuid,
  leased_until timestamptz,
  polled_at timestamptz,
  failure text,
  primary key (tenant, target, source)
);

create table delivery.postvak (
  id bigint generated always as identity primary key,
  tenant text not null,
  postvak text not null,
  subject text not null,
  message uuid not null,
  envelope jsonb not null,
  body bytea not null,
  visible_at timestamptz not null default now(),
  lease uuid,
  leased_until timestamptz,
  acknowledged_at timestamptz,
  created_at timestamptz not null default now(),
  unique (tenant, postvak, message)
);
create index on delivery.postvak (tenant, postvak, subject, id) where acknowledged_at is null;
create index on delivery.postvak (lease) where lease is not null;

create table monitoring.message (
  tenant text not null,
  id uuid not null,
  type text not null,
  kind text not null,
  source text not null,
  sender_id text not null,
  subject text not null,
  time text not null,
  accepted_at timestamptz not null,
  expires_at timestamptz,
  digest text not null,
  -- first of parked, held, waiting, accepted, expired, discarded, delivered that a target has
  status text not null,
  verwerking text,
  traceparent text,
  correlation_id text,
  causation_id text,
  conflict_of uuid,
  -- sealed CloudEvent; null until the gateway's record has come, or after its time
  body bytea,
  collected_at timestamptz not null default now(),
  primary key (tenant, id)
);
create index on monitoring.message (tenant, accepted_at desc, id);
create index on monitoring.message (tenant, subject, accepted_at desc);
create index on monitoring.message (tenant, conflict_of) where conflict_of is not null;
create index on monitoring.message (accepted_at);

create table monitoring.target (
  tenant text not null,
  message uuid not null,
  target text not null,
  status text not null,
  -- of the last record that counted
  sequence int not null default 0,
  external_id text,
  code text,
  next_attempt_at timestamptz,
  acknowledged_at timestamptz,
  primary key (tenant, message, target)
);
create index on monitoring.target (tenant, status) where status <> 'delivered';

create table monitoring.step (
  tenant text not null,
  message uuid not null,
  id uuid not null,
  target text not null,
  connector text not null,
  operation text,
  sequence int not null,
  at timestamptz not null,
  duration_ms int not null,
  outcome text not null,
  code text,
  detail text,
  primary key (tenant, message, id)
);
create index on monitoring.step (at);

create table monitoring.operator_action (
  id bigint generated always as identity primary key,
  tenant text not null,
  at timestamptz not null default now(),
  operator text not null,
  action text not null,
  reason text not null,
  subject jsonb not null default '{}'
);

do $$
declare
  t record;
  tenant_column text;
begin
  -- Roles belong to the whole server: another database may be making it at this very moment, and a login that may not
  -- make roles finds it made by an administrator.
  if not exists (select from pg_roles where rolname = 'lbbus_app') then
    begin
      create role lbbus_app nologin;
    exception when duplicate_object or unique_violation then null;
    end;
  end if;
  -- A superuser may take any role as it is; granting would only collide with another database's migration.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    begin
      execute format('grant lbbus_app to %I', current_user);
    exception when insufficient_privilege then
      if not pg_has_role(current_user, 'lbbus_app', 'member') then
        raise exception 'login % may not work as lbbus_app', current_user
          using hint = format('As an administrator: grant lbbus_app to %I', current_user);
      end if;
    end;
  end if;
  for t in select schemaname, tablename from pg_tables where schemaname in ('tenants', 'delivery', 'monitoring') loop
    -- Processes read what was declared; only "lb-bus apply", as the owner, writes it.
    execute format('grant %s on %I.%I to lbbus_app',
      case when t.schemaname = 'tenants' then 'select' else 'select, insert, update, delete' end,
      t.schemaname, t.tablename);
    continue when t.schemaname = 'tenants' and t.tablename = 'revision';
    tenant_column := case when t.schemaname = 'tenants' and t.tablename = 'tenant' then 'id' else 'tenant' end;
    execute format('alter table %I.%I enable row level security', t.schemaname, t.tablename);
    execute format('alter table %I.%I force row level security', t.schemaname, t.tablename);
    execute format('create policy scope on %I.%I using (tenants.in_scope(%I)) with check (tenants.in_scope(%I))',
      t.schemaname, t.tablename, tenant_column, tenant_column);
  end loop;
  revoke all on function tenants.rise from public;
  grant usage on schema tenants, delivery, monitoring to lbbus_app;
  grant execute on function tenants.in_scope to lbbus_app;
end $$;
