-- Whether a target ever had anything, of one tenant or of all: a search for a target that had nothing looks at no message.
create index on monitoring.usage_month (target, tenant);
