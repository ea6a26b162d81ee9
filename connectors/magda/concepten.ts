import { Type } from '@sinclair/typebox';
import { table } from '#kit/settings.js';

/**
 * IRIs of concepts, `{code}` standing for what MAGDA says. Gender, status and legal form are those of data.vlaanderen.be; for
 * the others no published IRI was found: theirs are of the bus, until a tenant puts what its applications expect.
 */
const defaultConcepten = {
  geslacht: 'https://data.vlaanderen.be/id/concept/IT000/Geslacht/{code}',
  burgerlijkeStaat: 'urn:lb-bus:magda:burgerlijkestaat:{code}',
  nationaliteit: 'urn:lb-bus:magda:nationaliteit:{code}',
  gezinspositie: 'urn:lb-bus:magda:gezinspositie:{code}',
  status: 'https://data.vlaanderen.be/id/concept/OrganisatieStatus/v1/{code}',
  rechtsvorm: 'https://data.vlaanderen.be/id/concept/Rechtsvormtype/v1/{code}',
};

/** Kinds of concepts of which MAGDA gives a code. */
export type Begrip = keyof typeof defaultConcepten;

export type Concepten = Readonly<Record<string, string>>;

export const concepten = table(
  `IRIs of concepts in answers, \`{code}\` standing for the code of MAGDA: ${Object.keys(defaultConcepten).join(', ')}. A kind without one is left out.`,
  Type.String({
    pattern: '^[a-z][a-z0-9+.-]*:[^\\s<>"{}]*\\{code\\}[^\\s<>"{}]*$',
    maxLength: 500,
  }),
  { default: defaultConcepten },
);

/** The concept of a code; undefined where MAGDA gave none, gave something that is no code, or no IRI is set. */
export const conceptOf = (
  kinds: Concepten,
  kind: Begrip,
  code: string | undefined,
): { '@id': string } | undefined => {
  const iri = new Map(Object.entries(kinds)).get(kind);
  if (iri === undefined || !/^[0-9A-Za-z_-]{1,20}$/.test(code ?? '')) return undefined;
  return { '@id': iri.replace('{code}', code ?? '') };
};
