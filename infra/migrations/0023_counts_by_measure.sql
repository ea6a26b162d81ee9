-- A month of a few measures over all tenants, day by day or month by month.
create index on monitoring.usage_count (measure, at);
create index on monitoring.usage_month (measure, month);
