import { expect, it } from '@jest/globals';
import { join } from 'node:path';
import { codelist, messageTypes, validate } from './catalogue.js';
import { attestenOpgevraagd, attestenOpvragen } from './attesten/types.js';
import { dossierStatusGewijzigd } from './dossier/types.js';
import { gezinOpgevraagd, gezinOpvragen } from './gezin/types.js';
import { languageFolder, namesIn, readText } from './files.js';
import type { MeldingStatusGewijzigd } from './generated/melding.js';
import {
  meldingAangevuld,
  meldingContext,
  meldingIngediend,
  meldingStatusGewijzigd,
  statuswaarde,
} from './melding/types.js';
import { organisatieOpgevraagd, organisatieOpvragen } from './organisatie/types.js';
import { personenGevonden, personenZoeken } from './personen/types.js';
import {
  persoonGewijzigd,
  persoonOpgevraagd,
  persoonOpvragen,
  persoonUitschrijven,
} from './persoon/types.js';
import generate from './types.generate.js';
import { verenigingOpgevraagd, verenigingOpvragen } from './vereniging/types.js';

it('the generated types are those of the schemas of today', async () => {
  const files = await generate();
  for (const [path, content] of Object.entries(files))
    expect(readText(join(languageFolder, '..', path))).toBe(content);
  const written = namesIn(join(languageFolder, 'generated'), '.ts');
  expect(Object.keys(files).map((path) => path.replace('schemas-oslo/generated/', ''))).toEqual(
    expect.arrayContaining(written),
  );
}, 60_000);

it('what the types allow, the schema accepts', () => {
  const data: MeldingStatusGewijzigd = {
    '@context': meldingContext,
    '@type': 'Melding',
    heeftStatus: [
      {
        '@type': 'Meldingstatus',
        statusType: { '@id': statuswaarde.opgelost },
        statusdatum: '2026-03-10T09:00:00Z',
        beschrijving: 'Opgelost',
        statuswijzigingDoor: { '@id': 'urn:voorbeeld:systeem' },
      },
    ],
  };
  expect(validate(meldingStatusGewijzigd.type, data)).toEqual([]);
});

it('every message type has a token and every status a constant', () => {
  const tokens = [
    attestenOpgevraagd,
    attestenOpvragen,
    dossierStatusGewijzigd,
    gezinOpgevraagd,
    gezinOpvragen,
    meldingAangevuld,
    meldingIngediend,
    meldingStatusGewijzigd,
    organisatieOpgevraagd,
    organisatieOpvragen,
    personenGevonden,
    personenZoeken,
    persoonGewijzigd,
    persoonOpgevraagd,
    persoonOpvragen,
    persoonUitschrijven,
    verenigingOpgevraagd,
    verenigingOpvragen,
  ];
  expect(tokens).toEqual([...messageTypes.values()]);
  const concepts = codelist('MeldingStatuswaarde')!.concepts.map((concept) => concept['@id']);
  expect(Object.values(statuswaarde)).toEqual(concepts);
});

it('every message type says what it is in three languages', () => {
  for (const { title, type, answer } of messageTypes.values()) {
    expect(Object.keys(title)).toEqual(['nl', 'en', 'fr']);
    expect(Object.values(title).every((text) => text.trim().length > 3)).toBe(true);
    expect(type).toMatch(/^be\.lbbus\.[a-z-]+\.[a-z-]+\.v\d+$/);
    expect(answer === null || messageTypes.has(answer)).toBe(true);
  }
});

it('only a melding that was submitted must arrive', () => {
  const must = [...messageTypes.values()].filter(({ mustArrive }) => mustArrive);
  expect(must).toEqual([meldingIngediend]);
});

it('every question has an answer that is made for it, and whatever may tell of a person is personal', () => {
  const types = [...messageTypes.values()];
  const questions = types.filter(({ kind }) => kind === 'question');
  const answers = types.filter(({ kind }) => kind === 'answer').map(({ type }) => type);
  expect(new Set(questions.map(({ answer }) => answer))).toEqual(new Set(answers));
  expect(types.filter(({ personal }) => !personal).map(({ context }) => context)).toEqual(
    expect.not.arrayContaining(['attesten', 'dossier', 'melding', 'persoon']),
  );
});
