import { afterEach, describe, expect, it } from '@jest/globals';
import { failureOf } from '#kit/contract/answering.js';
import type { Proposal } from '#kit/proposal.js';
import { propose } from './proposing.js';
import { openDesk } from './testing.js';
import type { Desk } from './testing.js';

let desk: Desk;
afterEach(() => desk.simulator.close());

const base = 'https://data.aalter.example/id/concept/Meldingstype';
const types = (...names: string[]): { iri: string; name: string }[] =>
  names.map((name) => ({ iri: `${base}/${name.replaceAll(' ', '-')}`, name }));

const proposed = async (
  settings: Record<string, unknown>,
  ...names: string[]
): Promise<Proposal> => {
  desk = await openDesk(settings);
  const { client } = desk;
  const { signal } = new AbortController();
  return propose(client, { settings: desk.settings, meldingstypen: types(...names), signal });
};

describe('a proposal', () => {
  it('puts each meldingstype where its name is at home in TOPdesk', async () => {
    const { settings } = await proposed({}, 'straatverlichting', 'wegdek', 'groen');
    expect(settings['categories']).toEqual({
      [`${base}/straatverlichting`]: { category: 'Openbaar domein', subcategory: 'Verlichting' },
      [`${base}/wegdek`]: { category: 'Openbaar domein', subcategory: 'Wegdek' },
      [`${base}/groen`]: { category: 'Groen' },
    });
  });

  it('leaves what is there, and says what it cannot choose', async () => {
    const there = { [`${base}/wegdek`]: { category: 'Groen' } };
    const { settings, remarks } = await proposed(
      { categories: there },
      'wegdek',
      'andere',
      'ratten',
    );
    expect(settings['categories']).toEqual(there);
    expect(remarks).toEqual([
      `"andere" (${base}/andere) could be Openbaar domein / Andere or Groen / Andere: choose.`,
      `No category looks like "ratten" (${base}/ratten).`,
    ]);
  });

  it('gives processing statuses without one the status of a melding that they are called after', async () => {
    const { settings, remarks } = await proposed({
      statuses: { 'In behandeling': 'In onderzoek' },
    });
    expect(settings['statuses']).toEqual({
      'In behandeling': 'In onderzoek',
      Afgewezen: 'Afgewezen',
      Gesloten: 'Gesloten',
    });
    expect(remarks).toEqual([
      'Processing status "Geregistreerd" tells no status of a melding yet: choose one.',
      'Processing status "Afgemeld" tells no status of a melding yet: choose one.',
    ]);
  });

  it('says what the settings of today name in vain', async () => {
    const categories = { [`${base}/x`]: { category: 'Maanlanding' } };
    const { remarks } = await proposed({ categories });
    expect(remarks).toContain('TOPdesk does not have category "Maanlanding".');
  });
});

describe('a check', () => {
  it('passes where TOPdesk has every name that the settings give', async () => {
    desk = await openDesk({
      categories: { [`${base}/x`]: { category: 'Groen', subcategory: 'Andere' } },
      entryType: 'LB-bus',
      processingStatuses: { Opgelost: 'Afgemeld' },
      endings: { Opgelost: { closureCode: 'Opgelost' } },
      escalations: { 'In onderzoek': { reason: 'Aannemer nodig' } },
      deescalations: { Heringediend: {} },
    });
    await expect(desk.check()).resolves.toBeUndefined();
  });

  it('says each that it does not have', async () => {
    desk = await openDesk({
      defaultCategory: { category: 'Groen', subcategory: 'Wegdek' },
      entryType: 'Duif',
      processingStatuses: { Opgelost: 'Klaar' },
      endings: { Opgelost: { closureCode: 'Weg' } },
      escalations: { 'In onderzoek': { reason: 'Zomaar' } },
      deescalations: { Heringediend: { reason: 'Toch niet' } },
    });
    const failure = await failureOf(desk.check());
    expect(failure).toMatchObject({ verdict: 'pause', code: 'misconfigured' });
    for (const words of [
      'entry type "Duif"',
      'processing status "Klaar"',
      'closure code "Weg"',
      'escalation reason "Zomaar"',
      'de-escalation reason "Toch niet"',
      'subcategory "Wegdek" of "Groen"',
    ])
      expect(failure.message).toContain(words);
    expect(failure.message).not.toContain('category "Groen",');
  });
});
