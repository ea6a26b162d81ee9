import { parentPort, workerData } from 'node:worker_threads';
import { doorsAt } from '#infra/load/doors.js';
import { operatorAt } from '#infra/load/operator.js';
import { randomFrom } from '#infra/load/random.js';
import { startReaders } from '#infra/load/readers.js';
import { startSystems } from '#infra/load/systems.js';
import { declarationsOf, loadTenants } from '#infra/load/tenants.js';
import type { Asked, Given, Ways } from './apart.js';
import { troubles, type Making } from './trouble.js';

const { quiet } = workerData as Given;
const tenants = loadTenants(quiet + troubles.length).slice(quiet);
const systems = await startSystems(tenants);
const { acts } = systems;
const stopping = new AbortController();
let ways: Ways | undefined;
let readers: ReturnType<typeof startReaders> | undefined;
let ready: readonly Making[] = [];
let making: Promise<unknown> = Promise.resolve();

const open = (given: Ways): void => {
  ways = given;
  readers = startReaders({ doors: doorsAt(given.gateways), tenants, acts, random: randomFrom(3) });
};

const prepare = (): void => {
  if (!ways) throw new Error('nobody said where the bus is');
  const doors = doorsAt(ways.gateways);
  const operator = operatorAt(ways.operators);
  const street = { doors, operator, systems, random: randomFrom(7), signal: stopping.signal };
  ready = tenants.flatMap((tenant, index) => troubles[index]?.trouble(street, tenant) ?? []);
};

const answer = async (asked: Asked): Promise<void> => {
  if (asked.step === 'open') open(asked.ways);
  if (asked.step === 'prepare') prepare();
  if (asked.step === 'make') making = Promise.all(ready.map((make) => make()));
  if (asked.step === 'stop') {
    stopping.abort();
    await making;
    await readers?.stop();
  }
  parentPort?.postMessage(asked.step);
};

// What fails here ends the thread, and with it the bench.
parentPort?.on('message', (asked: Asked) => void answer(asked));
parentPort?.postMessage(declarationsOf(tenants, systems.settingsOf, quiet));
