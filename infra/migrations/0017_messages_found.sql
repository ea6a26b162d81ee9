-- What an attempt asked of the external system, one after the other: [{ method, status, durationMs }].
alter table monitoring.step add column calls jsonb;

-- What is not delivered is little, and looked for most.
create index on monitoring.message (accepted_at desc, id desc) where status <> 'delivered';
create index on monitoring.message (tenant, accepted_at desc, id desc) where status <> 'delivered';
create index on monitoring.message (type, accepted_at desc, id desc);
create index on monitoring.message (source, accepted_at desc, id desc);
-- Only ever asked by the whole value.
create index on monitoring.message using hash (sender_id);
create index on monitoring.message using hash (correlation_id);
create index on monitoring.message using hash (causation_id);
create index on monitoring.target using hash (external_id);
create index on delivery.reference using hash (external_id);
create index on delivery.parked_item (tenant, message);

create index on monitoring.operator_action (at desc, id desc);
create index on monitoring.operator_action (tenant, at desc, id desc);
