import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkDeclaration, type KnownConnector, type Surroundings } from './declaration-rules.js';
import { readDeclaration } from './declaration.js';

const surroundings: Surroundings = {
  connectors: new Map<string, KnownConnector>([
    [
      'topdesk',
      {
        check: (settings) =>
          Object.hasOwn(settings as object, 'baseUrl')
            ? []
            : [{ pointer: '/baseUrl', told: () => 'this is required' }],
        takes: (type) => type.startsWith('be.lbbus.melding.'),
        hears: true,
      },
    ],
    ['postvak', { check: () => [], takes: () => true, hears: false }],
  ]),
  kindOf: (type) => {
    if (type === 'be.lbbus.persoon.opvragen.v1') return 'question';
    if (type === 'be.lbbus.persoon.opgevraagd.v1') return 'answer';
    return /^be\.lbbus\.(melding|contact)\.[a-z]+\.v1$/.test(type) ? 'event' : null;
  },
};

const head = `tenant: aalter
name: Gemeente Aalter
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/aalter
kbo: "0207433216"
`;
const coupled = `${head}connectors:
  topdesk: { settings: { baseUrl: https://td.example } }
  meldpunt: { connector: postvak }
`;

describe('a declaration', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'declaration-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  const written = async (yaml: string, name = 'aalter.yaml'): Promise<string> => {
    const file = join(folder, name);
    await writeFile(file, yaml);
    return file;
  };
  /** Its complaints without the folder; none where it is right. */
  const complaints = async (yaml: string): Promise<string[]> => {
    try {
      checkDeclaration(await readDeclaration(await written(yaml)), surroundings);
      return [];
    } catch (error) {
      return (error as Error).message.replaceAll(`${folder}/`, '').split('\n');
    }
  };

  it('that is right has no complaints', async () => {
    const yaml = `${coupled}rate: { perSecond: 5, burst: 10 }
allowedHosts: [ 127.0.0.1, td.intern, "[::1]" ]
routes:
  - when: { type: be.lbbus.melding.ingediend.v1 }
    filter: { suffix: { data.meldingstype: /wegdek } }
    to: [ topdesk, meldpunt ]
credentials:
  - name: meldpunt
    keys: [ { secret: meldpunt-key }, { sha256: "${'0a'.repeat(32)}" } ]
    oauth: { issuer: https://idp.example, clientId: meldpunt }
    sources: [ urn:lb:aalter:meldpunt ]
    types: [ "*" ]
    postvakken: [ meldpunt ]
    system: meldpunt
    expires: 2027-01-31
`;
    expect(await complaints(yaml)).toEqual([]);
  });

  it.each<[string, string, RegExp[]]>([
    ['YAML that does not parse', `${head}rate: { perSecond: 1`, [/^aalter\.yaml:\d: /]],
    ['a key twice', `${head}name: Nog eens\n`, [/^aalter\.yaml:5: Map keys must be unique/]],
    [
      'a missing name',
      head.replace(/name.*\n/, ''),
      [/^aalter\.yaml:1: name is missing: expected the name/],
    ],
    [
      'an unquoted KBO',
      head.replaceAll('"', ''),
      [/^aalter\.yaml:4: kbo: expected ten digits in quotes/],
    ],
    [
      'an unknown key',
      `${head}conectors: {}\n`,
      [/^aalter\.yaml:5: conectors: unknown: expected one of tenant, name/],
    ],
    [
      'a host with a port',
      `${head}allowedHosts: [ "td:80" ]\n`,
      [/^aalter\.yaml:5: allowedHosts\[0\]: expected a host name/],
    ],
    [
      'a wrong hook',
      `${head}connectors:\n  topdesk:\n    hook: yes please\n`,
      [/^aalter\.yaml:7: connectors\.topdesk\.hook: expected true, for a token/],
    ],
    [
      'a relative source',
      `${head}credentials:\n  - name: a\n    sources: [ meldpunt ]\n`,
      [/^aalter\.yaml:7: credentials\[0\]\.sources\[0\]: expected an absolute URI, or "\*"/],
    ],
    [
      'two tenants in one',
      `${coupled}---\n${coupled}`,
      [/^aalter\.yaml:9: tenant: this tenant is declared twice/],
    ],
    [
      'an unknown connector',
      `${head}connectors:\n  td:\n    connector: topdesc\n`,
      [
        /^aalter\.yaml:7: connectors\.td\.connector: unknown connector "topdesc": expected one of topdesk, postvak/,
      ],
    ],
    [
      'settings its connector refuses',
      `${head}connectors:\n  topdesk:\n    settings: {}\n`,
      [/^aalter\.yaml:7: connectors\.topdesk\.settings\.baseUrl: this is required/],
    ],
    [
      'an unknown type',
      `${coupled}routes:\n  - when: { type: be.lbbus.melding.weg.v9 }\n    to: [ topdesk ]\n`,
      [/^aalter\.yaml:9: routes\[0\]\.when\.type: unknown message type/],
    ],
    [
      'an unknown target',
      `${coupled}routes:\n  - when: { type: be.lbbus.melding.ingediend.v1 }\n    to: [ topdesk, brievenbus ]\n`,
      [
        /^aalter\.yaml:10: routes\[0\]\.to\[1\]: unknown target "brievenbus": expected one of topdesk, meldpunt/,
      ],
    ],
    [
      'a target that does not take it',
      `${coupled}routes:\n  - when: { type: be.lbbus.contact.gewijzigd.v1 }\n    to: [ topdesk ]\n`,
      [/routes\[0\]\.to\[0\]: topdesk does not take be\.lbbus\.contact/],
    ],
    [
      'a question for two',
      `${coupled}routes:\n  - when: { type: be.lbbus.persoon.opvragen.v1 }\n    to: [ meldpunt, topdesk ]\n`,
      [/routes\[0\]\.to: a question goes to exactly one target/, /does not take/],
    ],
    [
      'a route for answers',
      `${coupled}routes:\n  - when: { type: be.lbbus.persoon.opgevraagd.v1 }\n    to: [ meldpunt ]\n`,
      [/routes\[0\]\.when\.type: an answer goes to whoever asked/],
    ],
    [
      'a filter that does not parse',
      `${coupled}routes:\n  - when: { type: be.lbbus.melding.ingediend.v1 }\n    to: [ topdesk ]\n    filter: { all: [ { sql: "x" } ] }\n`,
      [/^aalter\.yaml:11: routes\[0\]\.filter\.all\.0\.sql: the sql dialect is not offered/],
    ],
    [
      'an unknown system',
      `${coupled}credentials:\n  - name: a\n    system: brievenbus\n`,
      [/^aalter\.yaml:10: credentials\[0\]\.system: unknown connector "brievenbus"/],
    ],
    [
      'a credential twice',
      `${coupled}credentials:\n  - name: a\n  - name: a\n`,
      [/^aalter\.yaml:10: credentials\[1\]\.name: this name is declared twice/],
    ],
    [
      'three keys',
      `${head}credentials:\n  - name: a\n    keys: [ { secret: a }, { secret: b }, { secret: c } ]\n`,
      [/^aalter\.yaml:7: credentials\[0\]\.keys: expected a list of at most two/],
    ],
    [
      'a day that does not exist',
      `${head}credentials:\n  - name: a\n    expires: 2027-13-01\n`,
      [/^aalter\.yaml:7: credentials\[0\]\.expires: this day does not exist/],
    ],
  ])('with %s says where and what is expected', async (_, yaml, expected) => {
    expect(await complaints(yaml)).toEqual(expected.map((words) => expect.stringMatching(words)));
  });

  it('gives all its complaints at once', async () => {
    expect(
      await complaints(`${head.replace('aalter', 'Aalter').replaceAll('"', '')}x: 1\n`),
    ).toHaveLength(3);
  });

  it('says that there is nothing at a path', async () => {
    await expect(readDeclaration(join(folder, 'nergens'))).rejects.toThrow(
      'nergens: there is no such file or folder',
    );
  });

  it('of a folder is all its YAML files', async () => {
    const sub = await mkdtemp(join(folder, 'sub-'));
    await writeFile(join(sub, 'a.yaml'), head);
    await writeFile(join(sub, 'b.yml'), head.replace('aalter', 'beringen'));
    await writeFile(join(sub, 'README.md'), 'not YAML: [');
    const names = (await readDeclaration(sub)).map(({ declared }) => declared.tenant);
    expect(names).toEqual(['aalter', 'beringen']);
  });
});
