import { randomUUID } from 'node:crypto';
import { foldersIn } from './folders.js';
import type { Deployment } from './meldpunten.js';
import { readSecrets } from './secrets.js';

/** The tenant that is coupled with MAGDA and the Verenigingsregister, in whose name is asked. */
const tenant = 'aalter';

/** A question of the application for civil affairs, about somebody whom the simulators know. */
export interface Question {
  /** Who answers, for people. */
  readonly of: string;
  readonly event: Readonly<Record<string, unknown>>;
}

const eventOf = (type: string, data: object): Question['event'] => ({
  specversion: '1.0',
  id: randomUUID(),
  source: `urn:lb:${tenant}:burgerzaken`,
  type: `be.lbbus.${type}.opvragen.v1`,
  subject: `urn:uuid:${randomUUID()}`,
  time: new Date().toISOString(),
  datacontenttype: 'application/ld+json',
  verwerking: 'dienstverlening-burgerzaken',
  data: { '@context': `urn:lb-bus:context:${type}:v1`, ...data },
});

const identificator = (number: string): object => ({
  '@type': 'Identificator',
  identificator: number,
});

/** A person and an association, both invented; each time under an id that never was. */
export const questionsOfNow = (): Question[] => [
  {
    of: 'MAGDA',
    event: eventOf('persoon', {
      '@type': 'Persoonsvraag',
      registratie: identificator('85640103336'),
    }),
  },
  {
    of: 'the Verenigingsregister',
    event: eventOf('vereniging', {
      '@type': 'Verenigingsvraag',
      identificator: [identificator('V0001001')],
    }),
  },
];

/** The key with which the application asks. */
export const questionKeyOf = ({ stateFolder }: Deployment): string => {
  const key = readSecrets(foldersIn(stateFolder).own)[tenant]?.['burgerzaken-key'];
  if (key === undefined) throw new Error(`there is no demo key of burgerzaken: run prepare first`);
  return key;
};

const waitSeconds = 20;

/** What was answered: a CloudEvent with what the source knows, or with the reason why there is no answer. */
export interface Answer {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Asks the gateway and waits for the answer; throws where none comes in time. */
export const ask = async (deployment: Deployment, { of, event }: Question): Promise<Answer> => {
  const response = await fetch(`${deployment.gateway}/v1/messages`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${questionKeyOf(deployment)}`,
      'content-type': 'application/cloudevents+json',
      prefer: `wait=${waitSeconds}`,
    },
    body: JSON.stringify(event),
  });
  const text = await response.text();
  if (response.status !== 200)
    throw new Error(`the question to ${of} was answered ${response.status}: ${text}`);
  return JSON.parse(text) as Answer;
};

const lineOf = (text: unknown): string =>
  typeof text === 'string' ? text : String((text as { '@value'?: unknown })['@value']);

/** Who it is, in one line; null where the question was not answered. */
export const whoIn = ({ type, data }: Answer): string | null => {
  if (type.endsWith('.vereniging.opgevraagd.v1')) return lineOf(data['voorkeursnaam']);
  if (!type.endsWith('.persoon.opgevraagd.v1')) return null;
  const { voornaam, achternaam } = data as { voornaam: readonly string[]; achternaam: string };
  return `${voornaam.join(' ')} ${achternaam}`;
};

/** A question as it is typed in a terminal. */
export const curlOfQuestion = (deployment: Deployment, { event }: Question): string =>
  [
    `  curl -sS ${deployment.gateway}/v1/messages -H 'prefer: wait=${waitSeconds}' \\`,
    `    -H 'authorization: Bearer ${questionKeyOf(deployment)}' -H 'content-type: application/cloudevents+json' \\`,
    `    -d '${JSON.stringify(event)}'`,
  ].join('\n');
