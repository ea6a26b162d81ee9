-- Nothing is written any more where an order begins: what it has in hand is what it has not done with. `active` and its index are of the
-- version before; they go in a later one.
-- An item is found by its row, also among those of other orders; all that is asked of an order as a whole goes by the other index.
alter table delivery.parked_item drop constraint parked_item_pkey;
alter table delivery.parked_item add primary key (row_id, order_id);

-- A large order changes at once what the planner has to expect of its table. Who has that counted while the order is written down, as autovacuum may, finds
-- nothing of it, and each of its steps would then read all of it. Only the owner of a table may have it counted.
create function delivery.analyze_parked_item() returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  analyze delivery.parked_item;
end $$;
revoke all on function delivery.analyze_parked_item from public;
grant execute on function delivery.analyze_parked_item to lbbus_app;
