-- Who is signed in at the console. Unlogged: it is in no backup, and a server that crashed forgets it: people sign in again.
-- Only the digest of what the browser holds is kept.
create unlogged table monitoring.session (
  digest bytea primary key,
  name text not null,
  shown text not null,
  roles text[] not null,
  -- null: all, also those that come later
  tenants text[],
  opened_at timestamptz not null default now(),
  used_at timestamptz not null default now(),
  -- what the identity provider wants back at sign-out, sealed with what the browser holds
  hint bytea
);

-- A sign-in that is under way at the identity provider, by the digest of what the browser holds.
create unlogged table monitoring.sign_in (
  digest bytea primary key,
  state text not null,
  nonce text not null,
  verifier text not null,
  return_to text not null,
  begun_at timestamptz not null default now()
);

do $$
declare
  t text;
begin
  foreach t in array array['session', 'sign_in'] loop
    execute format('grant select, insert, update, delete on monitoring.%I to lbbus_app', t);
    execute format('alter table monitoring.%I enable row level security', t);
    execute format('alter table monitoring.%I force row level security', t);
    -- Of no tenant: only the bus's own work sees it.
    execute format('create policy scope on monitoring.%I using (tenants.in_scope(''*'')) with check (tenants.in_scope(''*''))', t);
  end loop;
end $$;
