import { meldingEvent } from '../melding.js';
import { at, invalid, json, melding, withData, type Bad } from './shape.js';
const status = 'https://data.vlaanderen.be/id/concept/MeldingStatuswaarde/999';

/** Wrong in the message itself. */
export const contents: Record<string, Bad> = {
  'an unknown type': {
    body: json(meldingEvent({ type: 'be.lbbus.melding.bedacht.v1' })),
    status: 422,
    code: 'unknown-type',
  },
  'an unknown property': {
    body: withData({ kleur: 'groen' }),
    ...invalid('/data/kleur', 'unknown-property'),
  },
  'a status that is not in the code list': {
    body: withData({
      heeftStatus: [
        {
          '@type': 'Meldingstatus',
          statusType: { '@id': status },
          statusdatum: '2026-01-05T08:12:00Z',
          beschrijving: 'Bedacht',
          statuswijzigingDoor: { '@id': 'http://data.lblod.info/id/bestuurseenheden/aalter' },
        },
      ],
    }),
    ...invalid('/data/heeftStatus/0/statusType/@id', 'not-in-codelist'),
  },
  'two languages': {
    body: withData({
      samenvatting: [
        { '@value': 'Put', '@language': 'nl' },
        { '@value': 'Trou', '@language': 'fr' },
      ],
    }),
    ...invalid('/data/samenvatting', 'language'),
  },
  '10,000 bodies': {
    body: withData({
      heeftBody: Array.from({ length: 10_000 }, () => ({ '@type': 'MeldingBody' })),
    }),
    ...invalid('/data/heeftBody', 'cardinality'),
  },
  'the last of two equal keys being wrong': {
    body: melding.replace('"titel":', '"titel":"goed","titel":"","x":'),
    ...invalid('/data/titel', 'length'),
  },
  'U+0000 in a text': {
    body: withData({ titel: 'Put\u0000' }),
    ...invalid('/data/titel', 'pattern'),
  },
  'a lone surrogate': {
    body: melding.replace('Put in het fietspad', String.raw`Put \ud800`),
    ...invalid('/data/titel', 'pattern'),
  },
  'null for a value': { body: withData({ titel: null }), ...invalid('/data/titel', 'type') },
  'a time far away': {
    body: json(meldingEvent({ time: '2099-01-01T00:00:00Z' })),
    status: 422,
    code: 'time-implausible',
  },
  'a national register number in an attribute': {
    body: json(meldingEvent({ dossier: '85.67.30-001.92' })),
    status: 422,
    code: 'personal-data-in-attribute',
  },
  'an attachment that was never uploaded': {
    body: withData({
      heeftBody: [
        {
          '@type': 'MeldingBody',
          beschrijving: 'foto',
          bijlage: 'urn:lb-bus:attachment:0190b5a2-0000-7000-8000-000000000000',
        },
      ],
    }),
    status: 422,
    code: 'attachment-unknown',
    ...at('/data/heeftBody/0/bijlage', 'not-in-codelist'),
  },
};
