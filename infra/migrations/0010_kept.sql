-- What later messages about a thing need in one system and do not say themselves, such as the number of the person whom a
-- melding concerns: sealed with the body key of the tenant, bound to its place, and forgotten after its time.
create table delivery.kept (
  tenant text not null,
  target text not null,
  subject text not null,
  sealed bytea not null,
  keep_until timestamptz not null,
  primary key (tenant, target, subject)
);
create index on delivery.kept (keep_until);

grant select, insert, update, delete on delivery.kept to lbbus_app;
alter table delivery.kept enable row level security;
alter table delivery.kept force row level security;
create policy scope on delivery.kept using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant));
