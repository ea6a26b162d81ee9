-- Whoever looks at what stands still, or at an order, hears that it changed, whoever changed it.
create function monitoring.tell_live() returns trigger language plpgsql as $$
begin
  perform pg_notify('lbbus_live', tg_argv[0] || ' ' || coalesce(new.tenant, old.tenant));
  return null;
end $$;

create trigger live after insert or update or delete on delivery.hold
  for each row execute function monitoring.tell_live('holds');
create trigger live after insert or update of state, ended_at or delete on delivery.parked_order
  for each row execute function monitoring.tell_live('orders');
