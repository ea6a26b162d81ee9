-- A tenant whose tables come from a backup: what a sender made before 'restored_at' may have acted already, though
-- nothing here knows of it; what it sent after 'known_until' has to be asked again.
create table delivery.restored (
  tenant text primary key,
  -- the moment whose state the backup held
  backup_at timestamptz not null,
  -- when the newest message that the backup knows was accepted; null where it knows none
  known_until timestamptz,
  restored_at timestamptz not null
);
grant select, insert, update, delete on delivery.restored to lbbus_app;
alter table delivery.restored enable row level security;
alter table delivery.restored force row level security;
create policy scope on delivery.restored using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant));

-- A process asks which migrations have run: it does not start on tables that are older than itself.
grant usage on schema migrations to lbbus_app;
grant select on migrations.applied to lbbus_app;
