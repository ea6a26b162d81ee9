-- The register of questions to authentic sources: who asked what about whom, in which capacity and why. Written before a
-- question leaves, completed once with what came of it, and kept for ten years; nothing else can be done to it.
create table delivery.consultation (
  tenant text not null,
  id uuid not null,
  asked_at timestamptz not null default clock_timestamp(),
  -- the message that asked; null where the bus fetched by itself what a source had ready
  message uuid,
  -- what the source knows the question by
  reference text not null,
  target text not null,
  connector text not null,
  operation text not null,
  type text not null,
  -- name and version of the service that was asked
  service text not null,
  -- the application, and the official as it stated him
  application text not null,
  official text,
  -- why: the capacity in which the tenant asks, and the processing activity
  capacity text,
  verwerking text,
  -- null: the question may have left, and nobody knows what came of it
  outcome text check (outcome in ('answered', 'refused', 'failed')),
  code text,
  ended_at timestamptz,
  primary key (tenant, id)
);
create index on delivery.consultation (tenant, asked_at, id);
create index on delivery.consultation (asked_at);

-- About whom, as pseudonyms that only the key of the tenant makes. A table of its own: under row-level security no index
-- over an array is used.
create table delivery.consultation_subject (
  tenant text not null,
  consultation uuid not null,
  pseudonym text not null,
  -- true where the question did not name them and the answer did
  found boolean not null,
  primary key (tenant, pseudonym, consultation),
  foreign key (tenant, consultation) references delivery.consultation on delete cascade
);
create index on delivery.consultation_subject (tenant, consultation);

create function delivery.consultation_ends_once() returns trigger language plpgsql as $$
begin
  if old.outcome is not null then
    raise exception 'what came of consultation % is in the register already', old.id;
  end if;
  return new;
end $$;
create trigger ends_once before update on delivery.consultation
  for each row execute function delivery.consultation_ends_once();

-- Processes cannot remove what is in the register; in their scope, what is older than ten years goes by this function alone.
create function delivery.forget_consultations(most int) returns int
language plpgsql security definer set search_path = pg_catalog as $$
declare
  gone int;
begin
  delete from delivery.consultation where (tenant, id) in (
    select tenant, id from delivery.consultation where asked_at < now() - interval '10 years'
    limit most for update skip locked);
  get diagnostics gone = row_count;
  return gone;
end $$;
revoke all on function delivery.forget_consultations from public;
grant execute on function delivery.forget_consultations to lbbus_app;

grant select, insert on delivery.consultation, delivery.consultation_subject to lbbus_app;
grant update (outcome, code, ended_at) on delivery.consultation to lbbus_app;
alter table delivery.consultation enable row level security;
alter table delivery.consultation force row level security;
create policy scope on delivery.consultation using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant));
alter table delivery.consultation_subject enable row level security;
alter table delivery.consultation_subject force row level security;
create policy scope on delivery.consultation_subject using (tenants.in_scope(tenant)) with check (tenants.in_scope(tenant));
