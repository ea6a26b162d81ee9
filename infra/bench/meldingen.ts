import { randomUUID } from 'node:crypto';
import { meldingContext } from '#oslo/melding/types.js';

const usualBytes = 2_048;
const type = 'be.lbbus.melding.ingediend.v1';

/** The longest text of a MeldingBody is 50,000. */
const longestText = 40_000;

const bodiesOf = (description: string) =>
  Array.from({ length: Math.max(1, Math.ceil(description.length / longestText)) }, (_, index) => ({
    '@type': 'MeldingBody',
    beschrijving: description.slice(index * longestText, (index + 1) * longestText),
  }));

const meldingWith = (tenant: string, description: string): string => {
  const id = randomUUID();
  const subject = `https://meldingen.${tenant}.example/id/melding/${id}`;
  return JSON.stringify({
    specversion: '1.0',
    id,
    source: `urn:lb:${tenant}:meldpunt`,
    type,
    subject,
    time: new Date().toISOString(),
    datacontenttype: 'application/ld+json',
    verwerking: 'meldingen',
    data: {
      '@context': meldingContext,
      '@id': subject,
      '@type': 'Melding',
      titel: 'Put in het fietspad',
      meldingstype: [{ '@id': `https://data.${tenant}.example/id/concept/Meldingstype/wegdek` }],
      indiener: { '@type': 'Agent' },
      behandelaar: { '@id': `http://data.lblod.info/id/bestuurseenheden/${tenant}` },
      heeftBody: bodiesOf(description),
    },
  });
};

/** A new melding of that size each time, of 2 KB where none is given, each about another subject. */
export const meldingenOf = (tenant: string, bytes = usualBytes): (() => string) => {
  const room = bytes - Buffer.byteLength(meldingWith(tenant, ''));
  const description = 'De put is diep. '
    .repeat(Math.max(0, Math.ceil(room / 16)))
    .slice(0, Math.max(0, room));
  return () => meldingWith(tenant, description);
};
