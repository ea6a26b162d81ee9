import { randomUUID } from 'node:crypto';
import type { Locale } from '#oslo/catalogue.js';
import { meldingIngediend } from '#oslo/melding/types.js';
import { tokenHash } from '#tenants/tokens.js';
import type { Directory, Tenant } from '#tenants/directory.js';
import { recordAction } from '../operators/action.js';
import type { Person } from '../people/person.js';
import { ProblemError, type ProblemPlace } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import type { Parts } from '../parts.js';
import { readNow } from './now.js';

const patienceMs = 15_000;

interface TestWish {
  readonly person: Person;
  readonly tenant: string;
  /** API key of the application that sends; it is used for this and kept nowhere. */
  readonly key: string;
  /** In which the door says what it refuses. */
  readonly language: Locale;
}

/** The melding that is sent: nobody's, and recognisable as a test by whoever meets it in a system. */
export const testMelding = (tenant: Tenant, source: string, at: Date): object => {
  const number = `test-${randomUUID()}`;
  const [verwerking] = tenant.verwerkingen;
  return {
    specversion: '1.0',
    id: number,
    source,
    type: meldingIngediend.type,
    subject: `urn:uuid:${number.slice('test-'.length)}`,
    time: at.toISOString(),
    datacontenttype: 'application/ld+json',
    ...(verwerking !== undefined && { verwerking }),
    data: {
      '@context': 'urn:lb-bus:context:melding:v1',
      '@type': 'Melding',
      titel: 'Test van de koppeling',
      meldingstype: [{ '@id': 'urn:lb-bus:test' }],
      indiener: { '@type': 'Agent' },
      behandelaar: { '@id': tenant.bestuurseenheid },
      heeftBody: [
        {
          '@type': 'MeldingBody',
          beschrijving: 'Dit is een test van LB-bus. Sluit deze melding gerust af.',
        },
      ],
    },
  };
};

const sourceOf = (directory: Directory, { tenant, key }: TestWish): string => {
  const credential = directory.byApiKeyHash(tokenHash(key));
  if (credential?.tenant !== tenant)
    throw new ProblemError('not-found', tell('key-invalid', { tenant }));
  const source = credential.sources.find((one) => one !== '*');
  return source ?? `urn:lb:${tenant}:${credential.name}`;
};

const send = async (
  url: string,
  { key, language }: TestWish,
  message: object,
): Promise<Response> => {
  try {
    return await fetch(`${url}/v1/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'accept-language': language,
        'content-type': 'application/cloudevents+json',
      },
      body: JSON.stringify(message),
      redirect: 'error',
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch {
    throw new ProblemError('unavailable', tell('gateway-away', { url }));
  }
};

interface DoorAnswer {
  readonly id?: string;
  readonly title?: string;
  readonly detail?: string;
  readonly errors?: readonly ProblemPlace[];
}

/**
 * Sends a melding through the door, as the application would, and answers its id on the bus. It goes to the systems to
 * which the routes lead. Recorded. Throws `ProblemError`, also with what the door says.
 */
export const sendTest = async (parts: Parts, wish: TestWish): Promise<{ readonly id: string }> => {
  const { tenant: name, person } = wish;
  const { tenant, directory } = await readNow(parts, name);
  const message = testMelding(tenant, sourceOf(directory, wish), new Date());
  const response = await send(parts.publicUrl, wish, message);
  const answer = (await response.json().catch(() => ({}))) as DoorAnswer;
  const { id } = answer;
  if (!response.ok || id === undefined)
    throw new ProblemError(
      'invalid',
      tell('door-refused', {
        status: response.status,
        words: answer.detail ?? answer.title ?? '',
      }),
      (answer.errors ?? []).map(({ pointer, code, detail }) => ({
        ...{ pointer, code },
        told: () => detail,
      })),
    );
  await parts.database.scoped(name, (trx) =>
    recordAction(trx, {
      ...{ tenant: name, operator: person.name, reason: '' },
      action: 'send-test',
      subject: { message: id },
    }),
  );
  return { id };
};
