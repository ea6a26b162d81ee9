import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { meldingData, meldingEvent } from '#infra/testing/melding.js';
import { newStack, type RunningRole, type Stack } from '#infra/testing/processes.js';
import { startReceiver, type Receiver } from '#infra/testing/receiver.js';
import { until } from '#infra/testing/until.js';
import { commandEnvironment, commandLine, withForeign } from '../bootstrap/roles.mjs';

/** A process that died is known to be gone after six seconds. */
const hurried = { LBBUS_SEND_DEADLINE_SECONDS: '1' };
const secret = `whsec_${Buffer.from('x'.repeat(24)).toString('base64')}`;

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('an operator with lb-bus', () => {
  let stack: Stack;
  let receiver: Receiver;
  let monitoring: RunningRole;
  let delivery: RunningRole;
  let client: Client;
  let key: string;

  const lbBus = (...args: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const own = { ...commandEnvironment(stack.deployment), LBBUS_OPERATOR_URL: monitoring.url };
      const child = execFile(
        process.execPath,
        [commandLine, ...args],
        { env: withForeign(own) },
        (error, out, err) =>
          resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
      );
      child.stdin?.end();
    });

  const declare = async (): Promise<void> => {
    const { stateFolder } = stack.deployment;
    const tenant = {
      tenant: 'aalter',
      name: 'Gemeente Aalter',
      bestuurseenheid: 'http://data.lblod.info/id/bestuurseenheden/aalter',
      kbo: '0207433216',
      verwerkingen: ['meldingen-openbaar-domein'],
      allowedHosts: ['127.0.0.1'],
      connectors: {
        zaken: {
          connector: 'backend',
          settings: { url: receiver.url, secret: { secret: 'zaken' } },
        },
      },
      routes: [{ when: { type: 'be.lbbus.melding.ingediend.v1' }, to: ['zaken'] }],
      credentials: [{ name: 'meldpunt', sources: ['urn:lb:aalter:meldpunt'], types: ['*'] }],
    };
    const file = join(stateFolder, 'tenant.yaml');
    const secrets = join(stateFolder, 'secrets.yaml');
    // JSON is YAML.
    await writeFile(file, JSON.stringify(tenant));
    await writeFile(secrets, JSON.stringify({ aalter: { zaken: secret } }));
    await stack.lbBus('apply', '-f', file, '--secrets', secrets);
    key = (await stack.lbBus('keys', 'new', 'aalter', 'meldpunt')).trim();
  };

  /** Sends one melding per subject, in order; answers their ids on the bus. */
  const send = async (first: number, subjects: readonly string[]): Promise<string[]> => {
    const events = subjects.map((name, index) => {
      const subject = `https://meldingen.aalter.example/id/melding/${name}`;
      return meldingEvent({
        id: `m${first + index}`,
        subject,
        data: { ...meldingData(), '@id': subject },
      });
    });
    const response = await fetch(`${stack.deployment.publicUrl}/v1/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/cloudevents-batch+json',
      },
      body: JSON.stringify(events),
    });
    const { results } = (await response.json()) as { results: { id: string }[] };
    return results.map(({ id }) => id);
  };
  const untilParked = (count: number) =>
    until(
      async () =>
        (await client.query(`select from delivery.waiting where state = 'parked'`)).rowCount ===
        count,
      { what: `${count} to be parked`, timeoutMs: 60_000 },
    );

  beforeAll(async () => {
    [stack, receiver] = await Promise.all([newStack(), startReceiver()]);
    client = new Client({ connectionString: stack.database.url });
    await client.connect();
    await declare();
    // One after the other: each has its own half minute to come up.
    monitoring = await stack.start('monitoring');
    delivery = await stack.start('delivery', hurried);
    // Without an identity provider.
    await stack.start('gateway', { LBBUS_ISSUERS_FILE: '' });
  });
  afterAll(async () => {
    await client.end();
    await stack.end();
    await receiver.close();
  });

  it('sees why messages are parked, and replays them while delivery dies', async () => {
    receiver.status = 422;
    const subjects = Array.from({ length: 16 }, (_, number) => `s${number % 4}`);
    const sent = await send(0, subjects);
    await untilParked(16);
    const { out } = await lbBus('parked', '--tenant', 'aalter');
    expect(out).toMatch(/^[0-9a-f]{12} {2}16 messages {2}backend {2}[a-z-]+\n/);
    expect(out).toContain('1 tenant: aalter 16');
    const [group = ''] = out.split(' ');
    const replay = ['replay', '--group', group, '--rate', '20', '--reason', 'Zaaksysteem hersteld'];
    const unconfirmed = await lbBus(...replay);
    expect(unconfirmed.out).toMatch(/16 messages about 4 subjects/);
    expect([unconfirmed.code, unconfirmed.err]).toEqual([1, expect.stringContaining('say --yes')]);
    receiver.status = 200;
    const replaying = lbBus(...replay, '--yes');
    await until(() => receiver.taken.length >= 4, { what: 'some to be delivered' });
    await delivery.kill();
    delivery = await stack.start('delivery', hurried);
    const replayed = await replaying;
    expect(replayed).toMatchObject({ code: 0, err: '' });
    expect(replayed.out).toMatch(/\ndone: 16 delivered of 16\n$/);
    // What was in hand when it died may come twice; its receiver knows it by its id.
    const once = [...new Set(receiver.taken)];
    expect([...once].sort()).toEqual([...sent].sort());
    for (let subject = 0; subject < 4; subject++) {
      const mine = sent.filter((_, number) => number % 4 === subject);
      expect(once.filter((id) => mine.includes(id))).toEqual(mine);
    }
    const { out: shown } = await lbBus('replay', 'show', (await lastReplay()).id);
    expect(shown).toContain('demo  start-replay  Zaaksysteem hersteld');
  });

  const lastReplay = async (): Promise<{ id: string; state: string }> => {
    const { out } = await lbBus('replay', 'list', '--json');
    const [last] = JSON.parse(out) as { id: string; state: string }[];
    return last!;
  };

  it('corrects one and discards another', async () => {
    receiver.status = 422;
    const [wrong = '', double = ''] = await send(100, ['wrong', 'double']);
    await untilParked(2);
    const patch = join(stack.deployment.stateFolder, 'patch.json');
    const edit = [
      'parked',
      'edit',
      'aalter',
      'zaken',
      wrong,
      '--patch',
      patch,
      '--reason',
      'Titel',
    ];
    await writeFile(patch, JSON.stringify({ titel: null }));
    const refused = await lbBus(...edit);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('  /data/titel: ')]);
    receiver.status = 200;
    await writeFile(patch, JSON.stringify({ titel: 'Put in het voetpad' }));
    const edited = await lbBus(...edit);
    expect(edited).toMatchObject({ code: 0, err: '' });
    const [copy = ''] = edited.out.split(' ');
    expect(receiver.taken.at(-1)).toBe(copy);
    const discarded = await lbBus(
      'parked',
      'discard',
      '--message',
      double,
      '--reason',
      'Dubbel',
      '--yes',
    );
    expect(discarded.out).toMatch(/\ndone: 1 discarded of 1\n$/);
    expect((await lbBus('parked')).out).toBe('Nothing is parked.\n');
    const status = async (id: string) => {
      const response = await fetch(`${stack.deployment.publicUrl}/v1/messages/${id}`, {
        headers: { authorization: `Bearer ${key}` },
      });
      return ((await response.json()) as { status: string }).status;
    };
    for (const [id, expected] of [
      [wrong, 'discarded'],
      [double, 'discarded'],
      [copy, 'delivered'],
    ])
      await until(async () => (await status(id!)) === expected, {
        what: `${id} to be ${expected}`,
      });
  });
});
