import type { Pool } from 'pg';
import type { Setting } from '#infra/chaos/setting.js';
import type { Sample } from './growth.js';
import type { Point } from './trend.js';

const mib = 1_048_576;
const askMs = 8_000;

const numberIn = (text: string, name: string): number =>
  Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1] ?? NaN);

interface Weighed {
  readonly rssBytes: number;
  readonly heapBytes: number;
  readonly files: number;
}

/** What a process says of itself; null while it does not answer. */
const weigh = async (port: number): Promise<Weighed | null> => {
  const signal = AbortSignal.timeout(askMs);
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { signal }).catch(() => null);
  const text = (await answer?.text().catch(() => '')) ?? '';
  const rssBytes = numberIn(text, 'process_resident_memory_bytes');
  const heapBytes = numberIn(text, 'nodejs_heap_size_used_bytes');
  if (Number.isNaN(rssBytes + heapBytes)) return null;
  return { rssBytes, heapBytes, files: numberIn(text, 'process_open_fds') };
};

/** What is counted in the database, by its name: rows that are under way, and rows that are kept. */
const counted: Readonly<Record<string, string>> = {
  'rows waiting': "select count(*) from delivery.waiting where state <> 'parked'",
  'rows parked': "select count(*) from delivery.waiting where state = 'parked'",
  'attempts under way': 'select count(*) from delivery.effect where busy_until is not null',
  'questions under way': "select count(*) from delivery.question where state = 'asked'",
  'rows in a postvak': 'select count(*) from delivery.postvak where acknowledged_at is null',
  'connections to PostgreSQL': `select count(*) from pg_stat_activity where backend_type = 'client backend'`,
  cursors: 'select count(*) from delivery.cursor',
  'effect rows': 'select count(*) from delivery.effect',
  'reference rows': 'select count(*) from delivery.reference',
  'question rows': 'select count(*) from delivery.question',
  'kept rows': 'select count(*) from delivery.kept',
  'memory rows': 'select count(*) from delivery.memory',
  'consultation rows': 'select count(*) from delivery.consultation',
  'parked order rows': 'select count(*) from delivery.parked_item',
  'message rows': 'select count(*) from monitoring.message',
  'step rows': 'select count(*) from monitoring.step',
  'database MiB': `select pg_database_size(current_database()) / ${mib} as count`,
};

const inDatabase = async (database: Pool): Promise<[string, number][]> => {
  const names = Object.keys(counted);
  const columns = names.map((name, index) => `(${counted[name] ?? ''}) as n${index}`);
  const { rows } = await database.query<Record<string, string>>(`select ${columns.join(', ')}`);
  return names.map((name, index) => [name, Number(rows[0]?.[`n${index}`] ?? NaN)]);
};

interface Overview {
  readonly object_totals: Readonly<Record<'connections' | 'channels' | 'queues', number>>;
  readonly queue_totals: { readonly messages?: number };
}

const inBroker = async ({ ground }: Setting): Promise<[string, number][]> => {
  const { login, ports } = ground.broker;
  const token = Buffer.from(`${login.user}:${login.password}`).toString('base64');
  const response = await fetch(`http://127.0.0.1:${ports[0]?.management ?? 0}/api/overview`, {
    headers: { authorization: `Basic ${token}` },
    signal: AbortSignal.timeout(askMs),
  });
  const { object_totals: objects, queue_totals: totals } = (await response.json()) as Overview;
  return [
    ['messages in queues', totals.messages ?? 0],
    ['queues', objects.queues],
    ['connections to RabbitMQ', objects.connections],
    ['channels', objects.channels],
  ];
};

/** Writes down memory, connections, rows and queues, each time it is asked to. */
export class Scale {
  /** Of the processes, by name. */
  readonly memory = new Map<string, Sample[]>();
  /** Of everything else, by name. */
  readonly courses = new Map<string, Point[]>();
  readonly #setting: Setting;
  readonly #begunAt = performance.now();

  constructor(setting: Setting) {
    this.#setting = setting;
  }

  /** Throws where database or broker does not answer. */
  async weigh(): Promise<void> {
    const at = performance.now() - this.#begunAt;
    for (const [name, { internalPort }] of this.#setting.replicas) {
      const weighed = internalPort === undefined ? null : await weigh(internalPort);
      if (!weighed) continue;
      const { files, ...bytes } = weighed;
      this.memory.set(name, [...(this.memory.get(name) ?? []), { atMs: at, ...bytes }]);
      if (!Number.isNaN(files)) this.#note(`files and sockets of ${name}`, at, files);
    }
    const found = await Promise.all([inDatabase(this.#setting.database), inBroker(this.#setting)]);
    for (const [name, value] of found.flat()) this.#note(name, at, value);
  }

  #note(name: string, at: number, value: number): void {
    this.courses.set(name, [...(this.courses.get(name) ?? []), { at, value }]);
  }
}
