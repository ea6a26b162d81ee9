import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { persoonContext } from '#oslo/persoon/types.js';
import { tokenHash } from '#tenants/tokens.js';
import { post, type Target } from '../load.js';
import { serverPids, type Servers } from '../bus.js';
import { quantile } from '../measures.js';
import { startBuilt, type Started } from '../processes.js';
import { meter } from '../processor.js';
import { declare } from '../standing.js';
import { registerTakesMs, startRegister } from './register.js';

export interface QuestionsOptions {
  readonly seconds: number;
  /** Callers that wait at the same time. */
  readonly callers: number;
}

/** How long callers waited for their answers, in milliseconds. */
export interface Waited {
  readonly answered: number;
  readonly failed: number;
  readonly p50: number;
  readonly p95: number;
  readonly longest: number;
  readonly usedMs: ReadonlyMap<string, number>;
}

/** What the bar allows of every twentieth. */
export const p95BarMs = 150;
const warmUpSeconds = 5;
const apiKey = 'lb_bench_burgerzaken';

const tenantYaml = (baseUrl: string): string => `
tenant: bench
name: Gemeente Bench
bestuurseenheid: http://data.lblod.info/id/bestuurseenheden/bench
kbo: "0207433213"
verwerkingen: [dienstverlening]
allowedHosts: ["127.0.0.1"]
rate: { perSecond: 10000, burst: 10000 }
connectors: { register: { settings: { baseUrl: "${baseUrl}" } } }
routes: [ { when: { type: be.lbbus.persoon.opvragen.v1 }, to: [register] } ]
credentials: [ { name: burgerzaken, keys: [ { sha256: "${tokenHash(apiKey)}" } ], sources: ["*"], types: ["*"] } ]
`;

/** INSZ of an invented person (the month is 60 higher). */
const inszOf = (number: number): string => {
  const front = `856401${String(number % 1000).padStart(3, '0')}`;
  return front + String(97 - (Number(front) % 97)).padStart(2, '0');
};

const questionAbout = (insz: string): string =>
  JSON.stringify({
    specversion: '1.0',
    id: randomUUID(),
    source: 'urn:lb:bench:burgerzaken',
    type: 'be.lbbus.persoon.opvragen.v1',
    subject: `urn:uuid:${randomUUID()}`,
    time: new Date().toISOString(),
    datacontenttype: 'application/ld+json',
    verwerking: 'dienstverlening',
    data: {
      '@context': persoonContext,
      '@type': 'Persoonsvraag',
      registratie: { '@type': 'Identificator', identificator: insz },
    },
  });

/** A question about one person; well where the answer came within the request and is about that person. */
const targetOf = (url: string, insz: string): Target => ({
  url: `${url}/v1/messages`,
  headers: {
    authorization: `Bearer ${apiKey}`,
    'content-type': 'application/cloudevents+json',
    prefer: 'wait=10',
  },
  next: () => questionAbout(insz),
  expected: 200,
  isGood: (body) => body.includes(insz),
});

const measure = async (
  url: string,
  { seconds, callers }: QuestionsOptions,
): Promise<Omit<Waited, 'usedMs'>> => {
  const waits: number[] = [];
  let failed = 0;
  let number = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const until = performance.now() + seconds * 1_000;
  const call = async (): Promise<void> => {
    while (performance.now() < until) {
      const begun = performance.now();
      const good = await post(agent, targetOf(url, inszOf((number += 1))));
      if (good) waits.push(performance.now() - begun);
      else failed += 1;
    }
  };
  await Promise.all(Array.from({ length: callers }, call));
  agent.destroy();
  const at = (share: number): number => Math.round(quantile(waits, share));
  return { answered: waits.length, failed, p50: at(0.5), p95: at(0.95), longest: at(1) };
};

/** Measures how long callers wait for the answers of a register that takes 50 ms, so many at a time; gateway and delivery one process each. */
export const runQuestions = async (
  servers: Servers,
  options: QuestionsOptions,
): Promise<Waited> => {
  const { baseUrl, server } = await startRegister();
  const started: Started[] = [];
  try {
    const standing = await declare(servers, tenantYaml(baseUrl));
    const delivery = await startBuilt('infra/bench/questions/delivery.js', 'delivery', standing);
    started.push(delivery);
    const gateway = await startBuilt('gateway/main.js', 'gateway', standing);
    started.push(gateway);
    const url = `http://127.0.0.1:${gateway.port}`;
    await measure(url, { ...options, seconds: warmUpSeconds });
    const own = [['gateway', gateway.pid] as const, ['delivery', delivery.pid] as const];
    const used = meter(new Map([...own, ...serverPids(servers.groundFolder)]));
    const waited = await measure(url, options);
    return { ...waited, usedMs: used() };
  } finally {
    await Promise.all(started.map(({ stop }) => stop()));
    server.close();
    server.closeAllConnections();
  }
};

/** How long they waited, for people. */
export const linesOf = ({ callers, seconds }: QuestionsOptions, waited: Waited): string[] => {
  const { answered, failed, p50, p95, longest } = waited;
  const usedMs = [...waited.usedMs].map(([name, ms]) => `${name} ${(ms / answered).toFixed(2)}`);
  return [
    `${callers} at a time, of a system that takes ${registerTakesMs} ms, for ${seconds} s:`,
    `${answered} answered (${Math.round(answered / seconds)} per second), ${failed} not;`,
    `p50 ${p50} ms, p95 ${p95} ms, longest ${longest} ms; the bar is a p95 under ${p95BarMs} ms`,
    `ms of processor per question: ${usedMs.join(', ')}`,
  ];
};
