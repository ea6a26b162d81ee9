import { expect, it } from '@jest/globals';
import { DatabaseHealth } from './database-health.js';
import { unavailableAtConnect, unavailableBy } from './database-unavailable.js';

const coded = (code: string, message = 'as PostgreSQL says it'): Error =>
  Object.assign(new Error(message), { code });

const watching = () => {
  const lines: string[] = [];
  const log = {
    warn: (_facts: unknown, text: string) => lines.push(`- ${text}`),
    info: (text: string) => lines.push(`+ ${text}`),
  };
  const clock = { ms: 0 };
  const health = new DatabaseHealth(log as never, () => clock.ms);
  const fails = (code: string, askedAt = clock.ms) =>
    health.failed(unavailableAtConnect(coded(code)), askedAt);
  const works = (beganAt = clock.ms) => health.worked(beganAt);
  return { health, clock, lines, fails, works };
};

it.each([
  ['53100', 'PostgreSQL is full (53100)'],
  ['53300', 'PostgreSQL has no connection left (53300)'],
  ['57P01', 'PostgreSQL is being shut down (57P01)'],
  ['57P03', 'PostgreSQL is starting or recovering (57P03)'],
  ['57014', 'PostgreSQL is too slow (57014)'],
  ['25006', 'PostgreSQL takes no writes: it is a standby, or set to read only (25006)'],
  ['28P01', 'PostgreSQL does not accept the login of DATABASE_URL (28P01)'],
  ['08006', 'PostgreSQL does not answer (08006)'],
  ['ECONNREFUSED', 'PostgreSQL does not answer (ECONNREFUSED)'],
  ['EAI_AGAIN', 'PostgreSQL does not answer (EAI_AGAIN)'],
])('takes %s for a PostgreSQL that is away, and says so in words', (code, says) => {
  expect(unavailableBy(coded(code))?.message).toBe(says);
});

it.each(['23505', '22P05', '42601', '42501', '54000'])(
  'takes %s for a fault of the statement',
  (code) => expect(unavailableBy(coded(code))).toBeNull(),
);

it.each(['40001', '40P01', '55P03'])(
  'takes %s for something that only this work met: it is tried again, and nobody is told',
  (code) => {
    const { health, lines } = watching();
    const met = unavailableBy(coded(code));
    if (met) health.failed(met, 0);
    expect(met?.forAll).toBe(false);
    expect([health.problem, lines]).toEqual([null, []]);
  },
);

it('tells once that PostgreSQL is away, whatever follows, and once that it works again', () => {
  const { health, clock, lines, fails, works } = watching();
  for (const code of ['ECONNREFUSED', '57P03', 'ECONNREFUSED', '57P03']) fails(code);
  works();
  expect(health.problem).toBe('PostgreSQL is starting or recovering (57P03)');
  clock.ms = 2_000;
  works();
  works();
  expect(health.problem).toBeNull();
  expect(lines).toEqual([
    '- PostgreSQL does not answer (ECONNREFUSED)',
    '+ PostgreSQL works again',
  ]);
});

it('tells nobody of what was asked in a silence that is over', () => {
  const { health, clock, lines, fails, works } = watching();
  clock.ms = 5_000;
  works(3_000);
  fails('ETIMEDOUT', 2_000);
  expect(health.problem).toBeNull();
  // What began before it says nothing of it.
  fails('ETIMEDOUT', 4_000);
  expect(health.problem).toBe('PostgreSQL does not answer (ETIMEDOUT)');
  expect(lines).toEqual(['- PostgreSQL does not answer (ETIMEDOUT)']);
});

it('is not misled by what a full PostgreSQL can still do', () => {
  const { health, clock, lines, fails, works } = watching();
  for (clock.ms = 0; clock.ms < 60_000; clock.ms += 1_000) {
    if (clock.ms % 5_000 === 0) fails('53100');
    works();
  }
  expect(health.problem).toBe('PostgreSQL is full (53100)');
  clock.ms += 20_000;
  works();
  expect(lines).toEqual(['- PostgreSQL is full (53100)', '+ PostgreSQL works again']);
});
