-- A question on its way to its one target, and its answer for as long as it may be read. Gone after that: the trace stays in monitoring.
create table delivery.question (
  tenant text not null,
  message uuid not null,
  target text not null,
  type text not null,
  source text not null,
  digest text not null,
  -- when the gateway last accepted it: what is asked again after it ended without an answer is asked anew
  accepted_at timestamptz not null,
  -- cancelled: whoever asked has gone, and delivery has not told it yet
  state text not null check (state in ('asked', 'cancelled', 'answered', 'expired')),
  -- how often the broker gave it out again while it was asked: three times is poison
  returns int not null default 0,
  -- number of the last step that was recorded: told again, it is the same step
  sequence int not null default 0,
  outcome text,
  code text,
  detail text,
  at timestamptz not null default now(),
  -- sealed CloudEvent, bound to the id in its envelope
  answer bytea,
  answer_envelope jsonb,
  keep_until timestamptz not null,
  primary key (tenant, message)
);
create index on delivery.question (keep_until);
grant select, insert, update, delete on delivery.question to lbbus_app;
alter table delivery.question enable row level security;
alter table delivery.question force row level security;
create policy scope on delivery.question using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant));
