import { expect, it } from '@jest/globals';
import { PassThrough } from 'node:stream';
import { openAsking, type Asking } from './asking.js';
import { askRest, wishOf, type Choice } from './tenant-wish.js';

const given = { tenant: 'dessel', verwerkingen: [] };
const topdesk: Choice = {
  id: 'topdesk',
  title: 'TOPdesk',
  settings: {
    required: ['baseUrl', 'password'],
    properties: {
      baseUrl: { type: 'string', description: 'Address.' },
      password: { type: 'object', 'x-secret': true },
      categories: { type: 'object' },
    },
  },
};

/** Answers in order, and what was asked. */
const scripted = (...answers: string[]) => {
  const questions: string[] = [];
  const answer = (question: string, usual?: string): Promise<string> => {
    questions.push(question);
    return Promise.resolve((answers.shift() ?? '') || (usual ?? ''));
  };
  const asking: Asking = { ask: answer, askSecret: answer, close: () => undefined };
  return { asking, questions };
};

it('asks what was not said: who it is, its systems with what they need, its application', async () => {
  const { asking, questions } = scripted(
    ...['', '0207504812', 'http://data.lblod.info/id/bestuurseenheden/dessel', 'meldingen, vragen'],
    ...['topdesk', 'https://td.example', 'geheim', 'meldpunt'],
  );
  const answered = await askRest(given, [topdesk], asking);
  const wish = wishOf(answered.given, (name) => answered.values.get(name));
  expect(wish).toEqual({
    declaration: {
      tenant: 'dessel',
      name: 'Gemeente Dessel',
      kbo: '0207504812',
      bestuurseenheid: 'http://data.lblod.info/id/bestuurseenheden/dessel',
      verwerkingen: ['meldingen', 'vragen'],
      connectors: {
        topdesk: {
          settings: { baseUrl: 'https://td.example', password: { secret: 'topdesk-password' } },
        },
      },
      credentials: [{ name: 'meldpunt', sources: ['urn:lb:dessel:meldpunt'], types: ['*'] }],
    },
    secrets: { 'topdesk-password': { value: 'geheim' } },
  });
  expect(questions[5]).toBe('  baseUrl (Address)');
});

it('asks nothing that was said', async () => {
  const { asking, questions } = scripted();
  const said = {
    name: 'Gemeente Dessel',
    kbo: '0207504812',
    bestuurseenheid: 'http://x',
    application: 'm',
  };
  await askRest({ ...given, ...said, verwerkingen: ['v'], connectors: {} }, [], asking);
  expect(questions).toEqual([]);
});

it('names what is missing where nobody can be asked', () => {
  expect(() => wishOf({ ...given, kbo: '0207504812' }, () => undefined)).toThrow(
    'say --name, --bestuurseenheid',
  );
});

it('shows what is typed, but no secret', async () => {
  const input = new PassThrough();
  const output = new PassThrough();
  const asking = openAsking(input, output);
  const name = asking.ask('Name', 'Dessel');
  input.write('\n');
  expect(await name).toBe('Dessel');
  const secret = asking.askSecret('Password');
  input.write('geheim\n');
  expect(await secret).toBe('geheim');
  asking.close();
  const said = String(output.read());
  expect(said).toContain('Name [Dessel]: ');
  expect(said).toContain('Password (not shown): ');
  expect(said).not.toContain('geheim');
});
