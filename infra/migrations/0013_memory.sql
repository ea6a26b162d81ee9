-- What a connector instance remembers by keys of its own, until a day: never a number of a person, only what stands for it.
create table delivery.memory (
  tenant text not null,
  target text not null,
  key text not null,
  value jsonb not null,
  keep_until timestamptz not null,
  primary key (tenant, target, key)
);

grant select, insert, update, delete on delivery.memory to lbbus_app;
alter table delivery.memory enable row level security;
alter table delivery.memory force row level security;
create policy scope on delivery.memory using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant));
