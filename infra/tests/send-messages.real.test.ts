import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { busIdOf } from '#bus/envelope.js';
import { key, tenants } from '#infra/testing/door-tenants.js';
import { startTestGateway, type TestGateway } from '#infra/testing/gateway.js';
import { packageRoot } from '#runtime/root.js';

const page = readFileSync(join(packageRoot, 'docs/send-messages.md'), 'utf8');

const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\`$`, 'gm'))].map(
    ([, block = '']) => block,
  );

/** The shell reads the command as a reader's shell does; what it makes of it is what `curl` would get. */
const wordsOf = (command: string): string[] => {
  const print = `"${process.execPath}" -e 'console.log(JSON.stringify(process.argv.slice(1)))' --`;
  const printed = execFileSync('sh', ['-c', `curl() { ${print} "$@"; }\n${command}`], {
    encoding: 'utf8',
    env: { LBBUS_API_KEY: key },
  });
  return JSON.parse(printed) as string[];
};

interface Call {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string | null;
}

const callOf = (command: string): Call => {
  const words = wordsOf(command);
  const after = (option: string): string[] =>
    words.filter((_, index) => words[index - 1] === option);
  const headers = after('-H').map((header) => header.split(/:\s*/, 2) as [string, string]);
  const url = words.find((word) => word.startsWith('http://')) ?? '';
  return { url, headers: Object.fromEntries(headers), body: after('-d')[0] ?? null };
};

describe('docs/send-messages.md', () => {
  let gateway: TestGateway;
  beforeAll(async () => {
    gateway = await startTestGateway({ tenants });
  }, 60_000);
  afterAll(() => gateway.end());

  const [send = '', question = '', fetchThem = ''] = blocks('sh').filter((block) =>
    block.startsWith('curl'),
  );

  const ask = ({ url, headers, body }: Call): Promise<Response> =>
    fetch(url.replace('http://127.0.0.1:8080', gateway.url).replace('wait=30', 'wait=0'), {
      method: body === null ? 'GET' : 'POST',
      headers: { ...headers, 'accept-language': 'en' },
      ...(body !== null && { body }),
    });

  it('shows a first message that a gateway takes, with the answer that it gives', async () => {
    const answer = await ask(callOf(send));
    const id = busIdOf('aalter', 'urn:lb:aalter:meldpunt', '2026-000123');
    expect([answer.status, answer.headers.get('location')]).toEqual([202, `/v1/messages/${id}`]);
    const shown = page.match(/^\{"id":"5f0c…".*$/m)?.[0] ?? '';
    expect(JSON.parse(shown.replaceAll('5f0c…', id))).toEqual(await answer.json());
  });

  it('shows a question that is one, for which this tenant has coupled no system', async () => {
    const call = callOf(question);
    expect(call.headers['Prefer']).toBe('wait=10');
    const answer = await ask(call);
    expect([answer.status, await answer.json()]).toEqual([
      422,
      expect.objectContaining({
        code: 'no-route',
        detail: expect.stringContaining('answers be.lbbus.organisatie.opvragen.v1'),
      }),
    ]);
  });

  it('shows a call that fetches from a postvak', async () => {
    const answer = await ask(callOf(fetchThem));
    expect([answer.status, await answer.json()]).toEqual([200, { messages: [] }]);
  });

  it('shows a problem as a gateway tells it', async () => {
    const call = callOf(send);
    const event = JSON.parse(call.body ?? '') as { data: Record<string, unknown> };
    delete event.data['titel'];
    const answer = await ask({ ...call, body: JSON.stringify(event) });
    const [shown = ''] = blocks('json');
    expect({ ...((await answer.json()) as object), instance: 'urn:uuid:0d9a…' }).toEqual(
      JSON.parse(shown),
    );
  });
});
