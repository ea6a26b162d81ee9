-- What befalls few messages is found at once, however long ago it was; what happens to each of them is not in it.
create index on monitoring.step (outcome, tenant, target)
  where outcome in ('held', 'parked', 'rejected', 'expired', 'discarded');
-- Each costs something with every message, while another finds the same: the hash of the subject, and target_standing.
drop index if exists monitoring.message_tenant_subject_accepted_at_idx;
drop index if exists monitoring.target_tenant_status_idx;
