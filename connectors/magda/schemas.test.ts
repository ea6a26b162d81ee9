import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { contextOf, openDeskOf } from '#kit/contract/desk.js';
import type { Desk } from '#kit/contract/desk.js';
import {
  messageOf,
  operationOf,
  readExamples,
  isOperationExample,
} from '#kit/contract/examples.js';
import { Failure } from '#kit/failure.js';
import { childOf, parseXml } from '#kit/soap/xml.js';
import type { Magda } from './client.js';
import { magda } from './magda.connector.js';
import { readMutaties } from './mutaties.js';
import type { MagdaSettings } from './settings.js';
import { wrongRequest } from './simulator/shapes.js';
import { dienstverleningen } from './simulator/bevraging.js';
import { dienstPath } from './diensten.js';
import type { Dienst } from './diensten.js';

const folder = dirname(fileURLToPath(import.meta.url));

/** The schemas of MAGDA, where somebody has put them beside this checkout: they are not ours to bring along. */
const schemas = (() => {
  const beside = join(folder, '..', '..', '..');
  const places = readdirSync(beside).map((name) =>
    join(beside, name, 'facts/government/magda-xsd'),
  );
  return places.find((place) => existsSync(place));
})();
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;

const scratch = mkdtempSync(join(tmpdir(), 'lb-bus-magda-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const bodyOf = (envelope: string): string =>
  /<(soap\w*):Body[^>]*>([^]*)<\/\1:Body>/.exec(envelope)?.[2] ?? '';

const schemaOf = ({ domein, naam, versie }: Dienst, suffix = ''): string => {
  const domain = domein.charAt(0).toUpperCase() + domein.slice(1);
  return join(
    schemas ?? '',
    `${domain}.${naam}Dienst-${versie}`,
    'WebService',
    `${naam}${suffix}.xsd`,
  );
};

/** What xmllint has to say about an element; empty where it is valid. */
const complaint = (element: string, schema: string): string => {
  const file = join(scratch, 'element.xml');
  writeFileSync(file, element);
  const { status, stderr } = spawnSync('xmllint', ['--noout', '--nonet', '--schema', schema, file]);
  return status === 0 ? '' : stderr.toString();
};

interface Exchanged {
  readonly dienst: Dienst;
  readonly request: string;
  readonly response: string;
}

/** Everything that was asked of the simulator and what it answers, one of each service at least. */
const exchanged: Exchanged[] = [];

const byPath = new Map([...dienstverleningen.keys()].map((dienst) => [dienstPath(dienst), dienst]));

const ask = async (desk: Desk<Magda, MagdaSettings>): Promise<void> => {
  for (const example of readExamples(folder).filter(isOperationExample)) {
    const { operation } = operationOf(magda, example);
    const settings = { ...desk.settings, ...example.settings };
    const message = messageOf(example.message, contextOf().messageId);
    const request = operation.map(message, settings);
    // What takes time at the other side is asked about again, and no failure here.
    await operation
      .send(desk.client, request, contextOf({ messageId: message.busId }))
      .catch((failure: unknown) => {
        if (!(failure instanceof Failure) || failure.code !== 'in-progress') throw failure;
      });
  }
};

const queues = ['GeefPersoonMutatiesNotificaties', 'GeefMutatiesNotificaties'] as const;

/** Looks twice at a queue that holds a change of each kind: the second look acknowledges the first. */
const lookAt = async (desk: Desk<Magda, MagdaSettings>): Promise<void> => {
  desk.drive('changePerson', { insz: '90620901797', nieuw: '90690001728' });
  desk.drive('changePerson', { insz: '90690001728' });
  const context = { settings: desk.settings, now: desk.simulator.now() };
  const { signal } = new AbortController();
  const { cursor } = await readMutaties(desk.client, null, { ...context, signal });
  desk.drive('changePerson', { insz: '90690001728' });
  await readMutaties(desk.client, cursor, { ...context, signal });
};

const exchange = async (mutaties: (typeof queues)[number]): Promise<void> => {
  const desk = await openDeskOf(magda, { mutaties });
  try {
    if (mutaties === queues[0]) await ask(desk);
    await lookAt(desk);
    const base = desk.simulator.baseUrl('aalter');
    for (const { path, body } of desk.simulator.requests()) {
      const dienst = byPath.get(path);
      if (!dienst) throw new Error(`${path} is no service`);
      const answer = await fetch(base + path, { method: 'POST', body });
      exchanged.push({ dienst, request: body, response: await answer.text() });
    }
  } finally {
    await desk.simulator.close();
  }
};

beforeAll(async () => {
  for (const queue of queues) await exchange(queue);
}, 60_000);

describe('every request that is made', () => {
  it('covers all services but the end of an inscription', () => {
    const asked = new Set(exchanged.map(({ dienst }) => dienst.naam));
    for (const naam of ['GeefPersoon', 'ZoekPersoonOpAdres', 'GeefGezinssamenstelling'])
      expect(asked).toContain(naam);
    for (const naam of [...queues, 'RegistreerDossier', 'GeefResultaatRegistratie'])
      expect(asked).toContain(naam);
    for (const naam of ['GeefOnderneming', 'GeefOndernemingVKBO', 'RegistreerInschrijving'])
      expect(asked).toContain(naam);
  });

  it('is as our reduced schema wants it, and an element in another place is not', () => {
    for (const { dienst, request } of exchanged) {
      const body = childOf(parseXml(request), 'Body')?.children[0];
      if (!body) throw new Error('the body is empty');
      expect(wrongRequest(dienst, body)).toBeNull();
      const [verzoek] = body.children;
      const turned = { ...verzoek, children: [...(verzoek?.children ?? [])].reverse() };
      expect(wrongRequest(dienst, { ...body, children: [turned as never] })).toMatch(/volgorde/);
    }
  });

  (schemas && hasXmllint ? it : it.skip)('is valid after the schemas of MAGDA (xmllint)', () => {
    for (const { dienst, request } of exchanged) {
      const element = bodyOf(request);
      expect(complaint(element, schemaOf(dienst))).toBe('');
      expect(complaint(element.replace('<Naam>', '<Naam/><Naam>'), schemaOf(dienst))).not.toBe('');
    }
  });
});

(schemas && hasXmllint ? it : it.skip)(
  'the simulator answers as the schemas of MAGDA want it (xmllint)',
  () => {
    for (const { dienst, response } of exchanged)
      expect(complaint(bodyOf(response), schemaOf(dienst, 'Response'))).toBe('');
  },
);
