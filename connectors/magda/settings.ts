import { Type } from '@sinclair/typebox';
import type { Static } from '@sinclair/typebox';
import { flag, iri, number, secret, table, text, url } from '#kit/settings.js';
import { concepten } from './concepten.js';

const oneOf = <const T extends string>(values: readonly T[], standard: T, description: string) =>
  Type.Unsafe<T>({ type: 'string', enum: [...values], default: standard, description });

/** Generiek-02.00, NaamKortType. */
const shortName = (description: string) => text(description, { maxLength: 24 });

export const settings = Type.Object({
  environment: oneOf(
    ['production', 'test'],
    'production',
    'Which MAGDA: `test` is T&I, whose hosts and sender identities end in `-aip`.',
  ),
  baseUrl: Type.Optional(
    url(
      'One address below which all services lie, in place of the hosts of MAGDA: a proxy of your own.',
    ),
  ),
  identificatie: text(
    'URI by which MAGDA knows the sender, such as `gemeente.be/burgerzaken` (on T&I `…-aip`).',
    { maxLength: 120 },
  ),
  hoedanigheid: shortName('Capacity in which is asked, as MAGDA gave it, where no other is set.'),
  hoedanigheden: table(
    'Other capacities, by the processing activity (`verwerking`) of the message.',
    shortName('Capacity.'),
    { default: {} },
  ),
  organisatieEenheid: Type.Optional(shortName('Organisational unit named in each question.')),
  annotateVerwerking: flag(
    'Whether the processing activity also goes along, as annotation `verwerking` of the Context.',
    { default: false },
  ),
  gebruikers: Type.Optional(
    secret(
      'National numbers of the officials: one line `id=number` for each id that applications state in `gebruiker`. Without it no official is named.',
    ),
  ),
  certificate: Type.Unsafe<string>({
    type: 'string',
    minLength: 1,
    maxLength: 40_000,
    writeOnly: true,
    description:
      'Client certificate of VO-DCBaaS in PEM, followed by those of its issuers: for TLS and for the signature.',
  }),
  privateKey: secret('Private key of that certificate (RSA, PEM, without passphrase).'),
  authority: Type.Optional(
    text(
      'Issuer that must stand behind the certificate of MAGDA (PEM), where this machine does not know it.',
      {
        maxLength: 20_000,
      },
    ),
  ),
  signatureProfile: oneOf(
    ['X509v3', 'PKIPath', 'bare'],
    'X509v3',
    'How the certificate goes along in the signature: alone, with its issuers, or in a bare signature without WS-Security.',
  ),
  signatureHash: oneOf(
    ['sha1', 'sha256'],
    'sha1',
    'Hash of the signature. Every client known to work signs with SHA-1; take `sha256` where MAGDA says so.',
  ),
  signTimestamp: flag('Whether a Timestamp goes along and is signed beside the Body.', {
    default: false,
  }),
  bron: oneOf(
    ['RR', 'KSZ'],
    'RR',
    'Where persons are looked up: the national register, or that of the Kruispuntbank.',
  ),
  onderneming: oneOf(
    ['GeefOnderneming', 'GeefOndernemingVKBO'],
    'GeefOnderneming',
    'Service that is asked for organisations.',
  ),
  inschrijven: flag(
    'Whether a person who is not inscribed yet is inscribed when asked for, as MAGDA demands it before it tells anything.',
    { default: true },
  ),
  inschrijvingDagen: number(
    'Days that an inscription lasts; it is made again by the first question after.',
    {
      minimum: 1,
      maximum: 3650,
      default: 365,
    },
  ),
  zoekVerder: flag(
    'Whether whoever lives at an address is asked for with `Volgende` until nobody new comes. Where not, an address with many people may be told in part.',
    { default: true },
  ),
  mutaties: oneOf(
    ['none', 'GeefPersoonMutatiesNotificaties', 'GeefMutatiesNotificaties'],
    'none',
    'Queue of changes that MAGDA keeps ready for this sender: of the national register (02.00), or of all sources (02.01).',
  ),
  mutatiesMinuten: number('Minutes between two looks at that queue.', {
    minimum: 1,
    maximum: 10_080,
    default: 60,
  }),
  dossierBron: Type.Optional(
    iri(
      'Source under which DOSIS knows the files of this sender, such as `urn://gemeente-voorbeeld/vergunningen`.',
    ),
  ),
  dossierType: text('Type of file that is told to DOSIS.', {
    maxLength: 255,
    default: 'DossierStatus',
  }),
  dossierWoorden: table(
    'Words of DOSIS for codes and phases, by their IRI, where the end of the IRI is not the word.',
    text('Word.', { maxLength: 255 }),
    { default: {} },
  ),
  concepten,
  timeoutMs: number('Longest wait for one answer, in milliseconds.', {
    minimum: 1_000,
    maximum: 60_000,
    default: 15_000,
  }),
});

export type MagdaSettings = Static<typeof settings>;
