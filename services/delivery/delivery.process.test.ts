import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connectBus, type Bus } from '#bus/connection.js';
import { topdesk } from '#connectors/topdesk/topdesk.connector.js';
import { meldingEvent } from '#infra/testing/melding.js';
import { newStack, type Stack } from '#infra/testing/processes.js';
import { until } from '#infra/testing/until.js';
import { createAccept } from '#intake/accept.js';
import { startSimulator, type Simulator } from '#kit/simulator-host.js';
import { openDatabase, type Database } from '#runtime/database.js';
import { readKeyFile } from '#runtime/keys.js';
import { createLog } from '#runtime/log.js';
import { followDirectory } from '#tenants/follow.js';
import type { DirectoryFollower } from '#tenants/directory.js';
const log = createLog('test', 'silent');
const account = { name: 'aalter', secret: 'app-password-1' };
const hurried = { LBBUS_SEND_DEADLINE_SECONDS: '3' };
let stack: Stack;
let bus: Bus;
let database: Database;
let directory: DirectoryFollower;
let simulator: Simulator;

/** The tenant with a TOPdesk; its password by its name, as in a real declaration. */
const declare = async (): Promise<void> => {
  const { stateFolder } = stack.deployment;
  const settings = { ...simulator.settings(account.name), password: { secret: 'topdesk' } };
  const tenant = {
    tenant: 'aalter',
    name: 'Gemeente Aalter',
    bestuurseenheid: 'http://data.lblod.info/id/bestuurseenheden/aalter',
    kbo: '0207433216',
    verwerkingen: ['meldingen-openbaar-domein'],
    allowedHosts: ['127.0.0.1'],
    connectors: { topdesk: { settings } },
    routes: [{ when: { type: 'be.lbbus.melding.ingediend.v1' }, to: ['topdesk'] }],
  };
  const file = join(stateFolder, 'tenant.yaml');
  const secrets = join(stateFolder, 'secrets.yaml');
  // JSON is YAML.
  await writeFile(file, JSON.stringify(tenant));
  await writeFile(secrets, JSON.stringify({ aalter: { topdesk: account.secret } }));
  await stack.lbBus('apply', '-f', file, '--secrets', secrets, '--yes');
};

const send = async (): Promise<string> => {
  const accept = createAccept({
    directory: () => directory.current(),
    publish: (queue, publication) => bus.publish(queue, publication),
    ensureQueues: (queues) => bus.ensureQueues(queues),
    publicUrl: 'https://lb-bus.example',
    attachments: { describe: () => Promise.resolve(null) },
  });
  const sender = { tenant: 'aalter', sources: ['*'], types: ['*'], system: null };
  return (await accept(meldingEvent(), sender)).id;
};

const effectOf = async (message: string): Promise<string | undefined> =>
  database.scoped('aalter', async (trx) => {
    const found = await trx
      .selectFrom('delivery.effect')
      .select('state')
      .where('message', '=', message)
      .executeTakeFirst();
    return found?.state;
  });

beforeAll(async () => {
  stack = await newStack();
  if (!topdesk.simulator) throw new Error('TOPdesk has no simulator');
  simulator = await startSimulator(topdesk.simulator, { accounts: [account] });
  await declare();
  database = openDatabase({ url: stack.database.url, log });
  bus = connectBus({ url: stack.vhost.url, name: 'test', log });
  await bus.ready(10_000);
  directory = await followDirectory({
    database,
    bodyKek: readKeyFile(stack.deployment.bodyKeyFile),
    snapshotFile: join(stack.deployment.stateFolder, 'test.tenants'),
    log,
  });
});
afterAll(async () => {
  await directory.close();
  await bus.close();
  await database.close();
  await simulator.close();
  await stack.end();
});

it('makes one incident though the process is killed between the call and its answer', async () => {
  const first = await stack.start('delivery', hurried);
  simulator.fault({ kind: 'hang', methods: ['POST'], times: 1, handled: true });
  const message = await send();
  await until(() => simulator.effects(account.name).length === 1, { what: 'the incident' });
  await first.kill();
  expect(await effectOf(message)).toBe('started');
  const second = await stack.start('delivery', hurried);
  await until(async () => (await effectOf(message)) === 'done', {
    what: 'the message to be delivered by the other process',
    timeoutMs: 60_000,
  });
  expect(simulator.effects(account.name)).toHaveLength(1);
  expect(await second.stop()).toBe(0);
  const wrong = second.log().filter(({ level }) => level === 'error' || level === 'fatal');
  expect(wrong).toEqual([]);
});
