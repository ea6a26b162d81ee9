-- A transaction may serve several tenants, named one after the other with commas between, and lets through to no other.
create or replace function tenants.in_scope(tenant text) returns boolean language sql stable as $$
  select current_setting('app.tenant', true) = '*'
    or tenant = any (string_to_array(current_setting('app.tenant', true), ','))
$$;
