import { sourceOf, typeOf, type Amounts } from './messages.js';

/** Steps of messages that retention would have left: of the last weeks, and of those that have not ended. */
const steps = `
  insert into monitoring.step (tenant, message, id, target, connector, operation, sequence, at, duration_ms, outcome, code, detail, calls, critical_ms, bytes, accepted_at, type, source)
  select e.tenant, e.id, md5(e.id || t.target || s.sequence)::uuid, t.target, case t.target when 'meldpunt' then 'postvak' else t.target end,
    case t.target when 'meldpunt' then null else 'send' end, s.sequence,
    e.accepted_at + interval '1 millisecond' * case s.outcome when 'retry' then 90 else e.critical_ms end,
    (e.critical_ms / 3)::int % 20000, s.outcome, s.code, s.detail,
    case when t.target <> 'meldpunt' then jsonb_build_array(jsonb_build_object('method', 'POST', 'status', s.status, 'durationMs', (e.critical_ms / 3)::int % 20000)) end,
    case s.outcome when 'delivered' then e.critical_ms::bigint end, 900 + (e.chance * 800)::int,
    case s.outcome when 'delivered' then '-infinity' else e.accepted_at end,
    case when s.outcome <> 'delivered' then ${typeOf} end, case when s.outcome <> 'delivered' then ${sourceOf} end
  from seed_end e join seed_type y using (type), lateral (values (target, e.status, false), (second, 'delivered', true)) t (target, status, extra),
    lateral (
      select 1 as sequence, 'retry' as outcome, 'unavailable' as code, 'Het systeem antwoordt niet' as detail, '503' as status where e.critical_ms > 60000
      union all
      select 2, case t.status when 'parked' then 'rejected' when 'waiting' then 'retry' when 'accepted' then null else t.status end,
        case t.status when 'parked' then 'unknown-value' when 'waiting' then 'unavailable' when 'held' then 'unauthorized' end,
        case t.status when 'parked' then 'Categorie "' || (array['Voetpad', 'Sluikstort', 'Boom'])[1 + e.n % 3] || '" is niet bekend'
          when 'waiting' then 'Het systeem antwoordt niet' when 'held' then 'Het wachtwoord is niet juist' end,
        case t.status when 'parked' then '422' when 'waiting' then '503' when 'held' then '401' else '201' end) s
  where t.target is not null and s.outcome is not null and (not t.extra or t.target <> e.target)
    and (e.accepted_at > now() - make_interval(days => $1::int) or e.status not in ('delivered', 'expired', 'discarded'))
  order by e.n`;

/** What waits, is held or parked, as delivery has it. */
const waiting = `
  insert into delivery.waiting (tenant, target, subject, message, state, due_at, attempt, sequence, first_failed_at, code, detail, envelope, body, created_at)
  select m.tenant, e.target, m.subject, m.id, e.status,
    case e.status when 'waiting' then now() + interval '10 minutes' else m.accepted_at end, 1, 2, m.accepted_at,
    case e.status when 'parked' then 'unknown-value' when 'waiting' then 'unavailable' else 'unauthorized' end,
    case e.status when 'parked' then 'Categorie "' || (array['Voetpad', 'Sluikstort', 'Boom'])[1 + e.n % 3] || '" is niet bekend'
      when 'waiting' then 'Het systeem antwoordt niet' else 'Het wachtwoord is niet juist' end,
    jsonb_build_object('version', 1, 'id', m.id, 'tenant', m.tenant, 'type', m.type, 'kind', m.kind, 'source', m.source, 'senderId', m.sender_id,
      'subject', m.subject, 'time', m.time, 'acceptedAt', m.time, 'expiresAt', null, 'digest', m.digest, 'targets', jsonb_build_array(e.target),
      'verwerking', m.verwerking, 'traceparent', m.traceparent, 'correlationId', null, 'causationId', null, 'origin', null),
    coalesce(m.body, ''::bytea), m.accepted_at
  from seed_end e join monitoring.message m on m.tenant = e.tenant and m.id = e.id
  where e.status in ('waiting', 'held', 'parked') order by e.n`;

const holds = `
  insert into delivery.hold (tenant, target, code, detail, held_by, since)
  select id, targets[1 + i], 'unauthorized', 'Het wachtwoord is niet juist', 'bus', now() - interval '2 days'
  from seed_tenant, generate_series(0, 1) i where held on conflict do nothing`;

/** The hour, or of what is older than a week the day: as the counts are kept. */
const periodOf = (moment: string): string =>
  `case when ${moment} > now() - interval '7 days' then date_trunc('hour', ${moment}) else date_trunc('day', ${moment}, 'Europe/Brussels') end`;

/** As the triggers would have counted it; of what has no steps any more by what became of it. */
const counts = `
  insert into monitoring.usage_count (tenant, target, measure, at, amount)
  select tenant, target, measure, at, sum(amount) from (
    select m.tenant, '' as target, c.measure, ${periodOf('m.accepted_at')} as at, sum(c.amount) as amount
    from monitoring.message m, lateral (values ('accepted', 1), ('bytes-in', m.body_bytes)) c (measure, amount)
    group by 1, 2, 3, 4
    union all
    select s.tenant, s.target, c.measure, ${periodOf('s.at')}, sum(c.amount)
    from monitoring.step s, lateral (values
      (s.outcome, 1), ('bytes-out', case s.outcome when 'delivered' then s.bytes end),
      ('calls:' || left(s.calls -> 0 ->> 'status', 1) || 'xx', case when s.calls is not null then 1 end),
      ('critical:' || monitoring.critical_class(s.critical_ms), case s.outcome when 'delivered' then 1 end)) c (measure, amount)
    where c.amount is not null and c.measure is not null
    group by 1, 2, 3, 4
    union all
    select e.tenant, e.target, c.measure, ${periodOf('e.accepted_at')}, sum(c.amount)
    from seed_end e, lateral (values
      (e.status, 1), ('bytes-out', case e.status when 'delivered' then 900 + (e.chance * 800)::int end),
      ('calls:2xx', case when e.target <> 'meldpunt' and e.status = 'delivered' then 1 end),
      ('critical:' || monitoring.critical_class(e.critical_ms::bigint), case e.status when 'delivered' then 1 end)) c (measure, amount)
    where e.accepted_at <= now() - make_interval(days => $1::int) and e.status in ('delivered', 'expired', 'discarded')
      and c.amount is not null
    group by 1, 2, 3, 4) counted
  group by 1, 2, 3, 4`;

const months = `
  insert into monitoring.usage_month (tenant, target, measure, month, amount)
  select tenant, target, measure, date_trunc('month', at at time zone 'Europe/Brussels')::date, sum(amount)
  from monitoring.usage_count group by 1, 2, 3, 4`;

/** The statements of the steps, of what waits, and of the counts, with their values, in order; after those of the messages. */
export const stepStatements = ({
  stepsDays,
}: Amounts): readonly (readonly [string, readonly number[]])[] => [
  [steps, [stepsDays]],
  [waiting, []],
  [holds, []],
  [counts, [stepsDays]],
  [months, []],
];
