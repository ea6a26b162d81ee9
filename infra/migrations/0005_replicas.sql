-- The delivery processes that live, as they know of each other. Unlogged: after a crash of the server each says again within
-- seconds that it is there.
create unlogged table delivery.replica (
  id uuid primary key,
  seen_at timestamptz not null
);
grant select, insert, update, delete on delivery.replica to lbbus_app;
