import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { citizen, notificationsOf, toldTo } from '#infra/testing/exchange/citizen.js';
import { courses, playOut, type Ended } from '#infra/testing/exchange/courses.js';
import { contactCentre, technicalDepartment } from '#infra/testing/exchange/people.js';
import type { System } from '#infra/testing/exchange/system.js';
import { registered } from '#kit/melding-status.js';
import type { Message } from '#kit/message.js';
import { statusIn } from '#kit/status-order.js';
import type { MeldingStatusGewijzigd } from '#oslo/generated/melding.js';
import { meldingAangevuld, meldingStatusGewijzigd } from '#oslo/melding/types.js';

jest.setTimeout(180_000);

const interleavings = Number(process.env['LBBUS_TEST_INTERLEAVINGS'] ?? 1_000);
const seed = Number(process.env['LBBUS_TEST_SEED'] ?? 1);

const labelAt = (system: System, subject: string): string | null =>
  system.seen(system.externalIdOf(subject) ?? '').label;

/** The system shows the status, or what it makes of it where it does not tell it from another. */
const agrees = (system: System, subject: string, label: string): boolean =>
  [label, system.people.shows(label)].includes(labelAt(system, subject));

/** All show one and the same of the statuses that were given. */
const expectAgreement = ({ exchange, subjects, given }: Ended): void => {
  for (const subject of subjects) {
    const labels = [registered, ...(given.get(subject) ?? [])];
    const shared = labels.filter((label) =>
      exchange.systems.every((system) => agrees(system, subject, label)),
    );
    const shown = exchange.systems.map((system) => `${system.id} ${labelAt(system, subject)}`);
    if (shared.length === 0) throw new Error(`they do not agree: ${shown.join(', ')}`);
  }
};

/** Of each change one message at most, beside those of the meldingen and their registrations: nothing comes back. */
const expectNoEcho = ({ exchange, subjects, changes }: Ended): void => {
  const { accepted, systems } = exchange;
  const handling = systems.filter(({ people }) => people !== citizen);
  const made = subjects.length * (1 + handling.length);
  const said = accepted.map(({ origin, message }) => `${origin ?? 'meldpunt'} ${message.id}`);
  if (accepted.length > made + changes)
    throw new Error(`more was said than happened:\n${said.join('\n')}`);
};

/** Each note is at every other system that takes notes, once. */
const expectNotes = ({ exchange, noted }: Ended): void => {
  const taking = exchange.systems.filter((one) => one.takes(meldingAangevuld.type));
  for (const { system, subject, text } of noted)
    for (const other of taking.filter((one) => one !== system)) {
      const { texts } = other.seen(other.externalIdOf(subject) ?? '');
      const ours = texts.filter((one) => one.split('<')[0] === text);
      expect(ours).toHaveLength(1);
    }
};

/** What was said of a melding, from its registration on. */
const saidOf = ({ exchange }: Ended, subject: string): string[] => {
  const ours = exchange.accepted.filter(({ message }) => message.subject === subject);
  const statuses = ours.filter(({ message }) => message.type === meldingStatusGewijzigd.type);
  const labels = statuses.map(
    ({ message }) => statusIn(message as Message<MeldingStatusGewijzigd>).label ?? '',
  );
  return ['Ingediend', ...labels];
};

/** The first list without some of its items is the second. */
const isPartOf = (all: readonly string[], some: readonly string[]): boolean => {
  let next = 0;
  for (const one of all) if (one === some[next]) next += 1;
  return next === some.length;
};

/** The citizen is told what was said, once each and in order, and is notified as often as wanted. */
const expectTold = (ended: Ended): void => {
  const system = ended.exchange.systems.find(({ people }) => people === citizen)!;
  for (const subject of ended.subjects) {
    const id = system.externalIdOf(subject) ?? '';
    const told = toldTo(system, id);
    const labels = told.map(({ label }) => label ?? '');
    const moments = told.map(({ since }) => since).filter((since) => since !== '');
    expect(moments).toEqual([...moments].sort());
    expect(labels[0]).toBe('Ingediend');
    if (!isPartOf(saidOf(ended, subject), labels))
      throw new Error(`twice, or out of order: ${labels.join()}`);
    for (const label of ['Ingediend', 'Opgelost'])
      expect(notificationsOf(system, id, label)).toBe(labels.filter((one) => one === label).length);
  }
};

describe('two systems that handle the same meldingen, and the citizen who watches', () => {
  it('come to rest and agree, in whatever order things happen, and the citizen sees it in order', async () => {
    await fc.assert(
      fc.asyncProperty(courses, async (course) => {
        const ended = await playOut([technicalDepartment, contactCentre, citizen], course);
        expect(ended.exchange.rejected).toEqual([]);
        expectAgreement(ended);
        expectNoEcho(ended);
        expectNotes(ended);
        expectTold(ended);
      }),
      { seed, numRuns: interleavings },
    );
  });
});
