import { describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { courses, playOut, type Ended } from '#infra/testing/exchange/courses.js';
import { contactCentre, technicalDepartment } from '#infra/testing/exchange/people.js';
import type { System } from '#infra/testing/exchange/system.js';
import { registered } from '#kit/melding-status.js';

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
  const made = subjects.length * (1 + systems.length);
  const said = accepted.map(({ origin, message }) => `${origin ?? 'meldpunt'} ${message.id}`);
  if (accepted.length > made + changes)
    throw new Error(`more was said than happened:\n${said.join('\n')}`);
};

/** Each note is at every other system once. */
const expectNotes = ({ exchange, noted }: Ended): void => {
  for (const { system, subject, text } of noted)
    for (const other of exchange.systems.filter((one) => one !== system)) {
      const { texts } = other.seen(other.externalIdOf(subject) ?? '');
      const ours = texts.filter((one) => one.split('<')[0] === text);
      expect(ours).toHaveLength(1);
    }
};

describe('two systems that handle the same meldingen', () => {
  it('come to rest and agree, in whatever order things happen', async () => {
    await fc.assert(
      fc.asyncProperty(courses, async (course) => {
        const ended = await playOut([technicalDepartment, contactCentre], course);
        expect(ended.exchange.rejected).toEqual([]);
        expectAgreement(ended);
        expectNoEcho(ended);
        expectNotes(ended);
      }),
      { seed, numRuns: interleavings },
    );
  });
});
