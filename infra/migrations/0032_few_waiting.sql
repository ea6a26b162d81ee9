-- What waits is few, and what is parked may be many. Where the planner was told last that nothing waits, an index of all that waits cost nothing in its
-- eyes: it read that whole for each line and for each message of an order, however many had been released meanwhile. Every question names a line.
drop index delivery.waiting_due_at_idx;

-- How much is parked at each line, why, and how much of it lately is asked again and again: the index answers it without the rows.
drop index delivery.waiting_tenant_target_code_idx;
create index on delivery.waiting (tenant, target, code, due_at) where state = 'parked';

-- Who has a table counted pays for what is looked at: nobody asks for a content by value, and all else tells itself by a few thousand rows.
do $$
declare
  counted record;
begin
  for counted in
    select c.oid::regclass as name, a.attname as column, a.attname in ('envelope', 'body', 'detail') as content
    from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.oid in ('delivery.waiting'::regclass, 'delivery.parked_item'::regclass) and a.attnum > 0 and not a.attisdropped
  loop
    execute format('alter table %s alter column %I set statistics %s', counted.name, counted.column,
      case when counted.content then 0 else 20 end);
  end loop;
end $$;
