-- Why a message is parked, without what differs from one to the next: quoted values, addresses, ids, times and numbers.
create function delivery.cause_of(detail text) returns text language sql immutable parallel safe
  return left(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(
    regexp_replace(coalesce(detail, ''),
      '"[^"]*"|“[^”]*”|«[^»]*»|(?<!\w)''[^'']*''(?!\w)', '"…"', 'g'),
      '\m([a-z][a-z0-9+.-]*://|urn:)[^\s"<>),]+', '<iri>', 'gi'),
      '\m[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}\M', '<id>', 'gi'),
      '\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d:?\d\d)?)?', '<time>', 'g'),
      '\d+([.,:]\d+)*', '<n>', 'g'),
      '\s+', ' ', 'g'),
    300);

alter table delivery.waiting
  add column cause text not null generated always as (delivery.cause_of(detail)) stored;
create index on delivery.waiting (code, cause) where state = 'parked';
-- A row is due the moment it is parked: that is when it was.
create index on delivery.waiting (due_at desc, id desc) where state = 'parked';

-- What an operator had discarded stays so: the same message again is told as discarded.
alter table delivery.effect drop constraint effect_state_check;
alter table delivery.effect add constraint effect_state_check
  check (state in ('started', 'done', 'failed', 'discarded'));

-- What an operator orders about parked messages. Monitoring writes it, delivery carries it out.
create table delivery.parked_order (
  id uuid primary key default gen_random_uuid(),
  -- one tenant, or '*' where its messages are of several
  tenant text not null check (tenant = '*' or tenant ~ '^[a-z][a-z0-9-]{1,39}$'),
  act text not null check (act in ('replay', 'discard', 'edit')),
  state text not null default 'planned'
    check (state in ('planned', 'running', 'paused', 'stopped', 'cancelled', 'done')),
  -- the filter by which its messages were selected
  selection jsonb not null default '{}',
  -- messages per second at most, after the ramp
  rate int not null check (rate between 1 and 1000),
  stop_percent int not null check (stop_percent between 1 and 100),
  operator text not null,
  reason text not null,
  -- why it stands as it does, in words
  note text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  -- failures before this moment count no more towards the stop
  counted_from timestamptz,
  ended_at timestamptz,
  leased_by uuid,
  leased_until timestamptz
);
create index on delivery.parked_order (act, created_at desc, id);
create index on delivery.parked_order (state) where state in ('running', 'paused', 'stopped', 'cancelled');

-- The frozen selection of an order, in the order of the lanes.
create table delivery.parked_item (
  order_id uuid not null references delivery.parked_order on delete cascade,
  -- of delivery.waiting
  row_id bigint not null,
  tenant text not null,
  target text not null,
  subject text not null,
  message uuid not null,
  type text not null,
  -- under which it was parked when it was selected
  parked_code text not null,
  parked_at timestamptz not null,
  -- it may have acted already
  uncertain boolean not null,
  -- of the row when it was selected: another means that the message has moved since
  sequence int not null,
  state text not null default 'selected'
    check (state in ('selected', 'released', 'delivered', 'discarded', 'failed', 'skipped')),
  -- in a started order and not ended: a message is so in one order only
  active boolean not null default false,
  -- its steps were told
  told boolean not null default false,
  -- of the row when it was released
  released_sequence int,
  -- whose end counts: the message itself, or the copy that took its place
  watched uuid,
  -- how it failed, or why it was skipped
  code text,
  released_at timestamptz,
  ended_at timestamptz,
  primary key (order_id, row_id)
);
create unique index on delivery.parked_item (row_id) where active;
create index on delivery.parked_item (order_id, state, tenant, target, row_id);

-- The copy that takes the place of one parked message.
create table delivery.parked_edit (
  order_id uuid primary key references delivery.parked_order on delete cascade,
  tenant text not null,
  original jsonb not null,
  envelope jsonb not null,
  -- sealed CloudEvent
  body bytea not null
);

create index on monitoring.operator_action ((subject ->> 'order')) where subject ? 'order';

do $$
declare
  t text;
begin
  foreach t in array array['parked_order', 'parked_item', 'parked_edit'] loop
    execute format('grant select, insert, update, delete on delivery.%I to lbbus_app', t);
    execute format('alter table delivery.%I enable row level security', t);
    execute format('alter table delivery.%I force row level security', t);
    execute format(
      'create policy scope on delivery.%I using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant))', t);
  end loop;
end $$;
