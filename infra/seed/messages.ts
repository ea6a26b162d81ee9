/** What is made: everything before `now`, denser the nearer it is. */
export interface Amounts {
  readonly messages: number;
  /** How far back the messages go. */
  readonly days: number;
  /** As retention has it. */
  readonly bodiesDays: number;
  readonly stepsDays: number;
}

/**
 * Who sends how much (the first is some hundred times the last), and to which of its systems what goes. `held` and `away` are tenants
 * whose first system stands still since hours or minutes; parked messages are of a few tenants and causes.
 */
const peopleThePlan = `
  create temp table seed_tenant on commit drop as
  select id, rank, sum(1 / power(rank + 2, 0.9::float8)) over (order by rank) / sum(1 / power(rank + 2, 0.9::float8)) over () as until,
    1 / power(rank + 2, 0.9::float8) / sum(1 / power(rank + 2, 0.9::float8)) over () as share,
    (select array_agg(c.name order by (c.name in ('topdesk', 'meldpunt')) desc, c.name) from tenants.connector c where c.tenant = t.id) as targets,
    rank % 53 = 7 as held, rank % 97 = 3 as away, rank % 29 = 5 as clumsy
  from (select id, row_number() over (order by kbo) - 1 as rank from tenants.tenant) t`;

const kindsThePlan = `
  create temp table seed_type on commit drop as
  select * from (values
    (0, 0.38::float8, 'melding.ingediend', 'event'), (1, 0.72, 'melding.status-gewijzigd', 'event'), (2, 0.80, 'melding.aangevuld', 'event'),
    (3, 0.93, 'persoon.opvragen', 'question'), (4, 0.97, 'organisatie.opvragen', 'question'), (5, 0.99, 'vereniging.opvragen', 'question'),
    (6, 0.9999, 'persoon.gewijzigd', 'event'), (7, 1, 'dossier.status-gewijzigd', 'event')) t (type, until, name, kind)`;

/** Fewer at night and in weekends; in the order of time, as the tables of a running bus have it. */
const momentsThePlan = `
  create temp table seed_message on commit drop as
  select row_number() over (order by moment) as n, rank, type, moment as accepted_at, chance from (
    select width_bucket(r.tenant, (select array_agg(until order by rank) from seed_tenant where rank < (select max(rank) from seed_tenant))) as rank,
      width_bucket(r.type, (select array_agg(until order by type) from seed_type where type < 7)) as type,
      date_trunc('day', now() - interval '1 day' * ($2::float8 * power(r.age, 1.2)))
        + interval '1 hour' * ((array[8,9,9,9,10,10,10,11,11,12,13,13,14,14,14,15,15,16,16,17,19,20,22,3])[1 + floor(r.hour * 24)::int] + r.minute) as at,
      r.chance
    from generate_series(1, $1::int) n,
      lateral (select random() as tenant, random() as type, random() as age, random() as hour, random() as minute, random() as chance where n > 0) r
  ) made, lateral (select case when at > now() then at - interval '1 day' else at end as moment) m`;

/** One that is parked stands so since at most two months; an operator has seen to the older ones. */
const endsThePlan = `
  create temp table seed_end on commit drop as
  select m.*, t.id as tenant, md5('message ' || m.n)::uuid as id, case when y.kind = 'question' and 'magda' = any(t.targets) then 'magda' else t.targets[1 + m.n % 2] end as target,
    case when m.chance < 0.08 then t.targets[array_length(t.targets, 1)] end as second,
    case
      when t.held and accepted_at > now() - interval '2 days' then 'held'
      when t.away and accepted_at > now() - interval '12 hours' then 'waiting'
      when accepted_at > now() - interval '1 minute' then 'accepted'
      when t.clumsy and m.chance > 0.85 and accepted_at > now() - interval '60 days' then 'parked'
      when y.kind = 'question' and m.chance between 0.5 and 0.53 then 'expired'
      when m.chance between 0.3 and 0.303 then 'discarded'
      else 'delivered' end as status,
    80 * exp(2.4 * (2 * random() + random() - 1)) + case when m.chance > 0.97 then 60000 * 10 * random() else 0 end as critical_ms
  from seed_message m join seed_tenant t using (rank) join seed_type y using (type)`;

/** The type of a message, by `seed_type y`. */
export const typeOf = `'be.lbbus.' || y.name || '.v1'`;
/** Which application sent a message, by `seed_end e` and `seed_type y`. */
export const sourceOf = `'urn:lb:' || e.tenant || ':' || case y.kind when 'question' then 'balie' else 'meldpunt' end`;

const messages = `
  insert into monitoring.message (tenant, id, type, kind, source, sender_id, subject, time, accepted_at, expires_at, digest, status,
    verwerking, traceparent, body, body_bytes, collected_at)
  select e.tenant, e.id, ${typeOf}, y.kind, ${sourceOf},
    to_char(accepted_at, 'YYYY') || '-' || n,
    'https://meldingen.' || e.tenant || '.example/id/melding/' || to_char(accepted_at - interval '1 day' * floor(e.chance * 7), 'YYYYMMDD') || '-'
      || floor(random() * (1 + t.share * $1::float8 / $2::float8 / 2)),
    to_char(accepted_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), accepted_at,
    case y.kind when 'question' then accepted_at + interval '30 seconds' end,
    encode(sha256(e.id::text::bytea), 'hex'), e.status, 'meldingen-openbaar-domein',
    '00-' || md5('trace ' || n) || '-' || left(md5('span ' || n), 16) || '-01',
    case when accepted_at > now() - make_interval(days => $3::int) then b.body end, coalesce(octet_length(b.body), 900 + (e.chance * 800)::int),
    accepted_at + interval '80 milliseconds'
  from seed_end e join seed_type y using (type) join seed_tenant t using (rank),
    lateral (select case when accepted_at > now() - make_interval(days => $3::int) then
      (select string_agg(sha512((n::text || ' ' || i)::bytea), '') from generate_series(1, 14 + (e.chance * 12)::int) i) end as body) b
  order by n`;

const targets = `
  insert into monitoring.target (tenant, message, target, status, sequence, external_id, code)
  select tenant, id, t.target, t.status, 1, case when t.status = 'delivered' and t.target <> 'meldpunt' then 'I ' || to_char(accepted_at, 'YYMM') || ' ' || n end,
    case t.status when 'parked' then 'unknown-value' when 'waiting' then 'unavailable' when 'held' then 'unauthorized' end
  from seed_end, lateral (values (target, status, false), (second, 'delivered', true)) t (target, status, extra)
  where t.target is not null and (not t.extra or t.target <> seed_end.target)`;

/** The statements of the messages and where each stands, with their values, in order. */
export const messageStatements = ({
  messages: count,
  days,
  bodiesDays,
}: Amounts): readonly (readonly [string, readonly number[]])[] => [
  [peopleThePlan, []],
  [kindsThePlan, []],
  [momentsThePlan, [count, days]],
  [endsThePlan, []],
  ['analyze seed_tenant, seed_type, seed_end', []],
  [messages, [count, days, bodiesDays]],
  [targets, []],
];
