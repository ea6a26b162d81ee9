-- What the console changes of the tenants: who may, which secrets and keys end when, and each change with who made it.

-- Day from which the other side no longer takes it; null where nobody said. Alerts are made of it.
alter table tenants.secret add column expires_at timestamptz;

-- Of each API key by its SHA-256 in hex: { "madeAt", "endsAt" }, moments; a key without endsAt is valid until it is ended.
alter table tenants.credential add column key_facts jsonb not null default '{}';

-- Each change of a tenant, by the version it led to: what "apply", "keys" and the console did, and what stood after it.
create table tenants.change (
  tenant text not null references tenants.tenant on delete cascade,
  version int not null,
  at timestamptz not null default now(),
  by text not null,
  via text not null check (via in ('apply', 'keys', 'console')),
  reason text not null default '',
  words text[] not null,
  -- the tenant as it stood then, without key, token or hash
  state jsonb not null,
  primary key (tenant, version)
);
create index on tenants.change (tenant, version desc) where via = 'apply';

grant select on tenants.change to lbbus_app;
alter table tenants.change enable row level security;
alter table tenants.change force row level security;
create policy scope on tenants.change using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant));

-- Only monitoring works as lbbus_configure, and only while an operator changes a tenant.
do $$
begin
  if not exists (select from pg_roles where rolname = 'lbbus_configure') then
    begin
      create role lbbus_configure nologin;
    exception
      when duplicate_object or unique_violation then null;
      when insufficient_privilege then
        raise exception 'login % may not make the role lbbus_configure', current_user
          using hint = 'As an administrator: create role lbbus_configure nologin';
    end;
  end if;
  -- Where one login is the owner and runs the processes too, it works as this role as well.
  if not (select rolsuper from pg_roles where rolname = current_user) then
    begin
      execute format('grant lbbus_configure to %I', current_user);
    exception when insufficient_privilege then null;
    end;
  end if;
  grant usage on schema tenants, monitoring to lbbus_configure;
  grant select on tenants.revision to lbbus_configure;
  grant select, insert, update, delete on
    tenants.tenant, tenants.connector, tenants.route, tenants.secret, tenants.credential to lbbus_configure;
  grant select, insert on tenants.change, monitoring.operator_action to lbbus_configure;
  grant execute on function tenants.in_scope to lbbus_configure;
end $$;
