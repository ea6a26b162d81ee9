-- The way to what is remembered of a subject is led by the subject. As the key it began with tenant and target, and as long as
-- nothing was known of how the table is filled, either was taken for the other, and all of a target was read for each message.
create index reference_by_subject on delivery.reference (subject, tenant, target, updated_at);
drop index if exists delivery.reference_tenant_target_subject_idx;
