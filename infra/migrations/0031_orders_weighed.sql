-- A large order changes at once what the planner has to expect of its table. Who has that counted while the order is written down, as autovacuum may, finds
-- nothing of it, and each of its steps would then read all of it. Only the owner of a table may have it counted.
create function delivery.analyze_parked_item() returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  analyze delivery.parked_item;
end $$;
revoke all on function delivery.analyze_parked_item from public;
grant execute on function delivery.analyze_parked_item to lbbus_app;
