import { virtualHostOf } from '#bus/addresses.js';

const timeoutMs = 5_000;
/** Thousands of queues are much to list: who asks soon after another hears the same. */
const freshMs = 5_000;

/** A queue as the management API shows it; a queue that was just made has no numbers yet. */
export interface ManagedQueue {
  readonly name: string;
  readonly messages?: number;
  readonly consumers?: number;
}

/** A node of the broker as the management API shows it; one that does not run has its name only. */
export interface ManagedNode {
  readonly name: string;
  readonly running: boolean;
  readonly partitions?: readonly string[];
  readonly mem_alarm?: boolean;
  readonly mem_used?: number;
  readonly mem_limit?: number;
  readonly disk_free_alarm?: boolean;
  readonly disk_free?: number;
  readonly disk_free_limit?: number;
  readonly fd_used?: number;
  readonly fd_total?: number;
  readonly sockets_used?: number;
  readonly sockets_total?: number;
  readonly proc_used?: number;
  readonly proc_total?: number;
}

/** What is asked of the management API of the broker; numbers are some seconds old. Each throws where it does not answer. */
export interface Management {
  /** All queues of the virtual host. */
  readonly queues: () => Promise<readonly ManagedQueue[]>;
  /** All nodes of the cluster; the login needs the tag `monitoring`. */
  readonly nodes: () => Promise<readonly ManagedNode[]>;
}

const nodeColumns: readonly (keyof ManagedNode)[] = [
  ...(['name', 'running', 'partitions', 'mem_alarm', 'mem_used', 'mem_limit'] as const),
  ...(['disk_free_alarm', 'disk_free', 'disk_free_limit', 'fd_used', 'fd_total'] as const),
  ...(['sockets_used', 'sockets_total', 'proc_used', 'proc_total'] as const),
];

/** One answer for all who ask while it is fresh; one that failed is asked for again. */
const remembered = <T>(ask: () => Promise<T>): (() => Promise<T>) => {
  let last: Promise<T> | undefined;
  let until = 0;
  return () => {
    if (last !== undefined && performance.now() < until) return last;
    const asked = ask();
    last = asked;
    until = performance.now() + freshMs;
    asked.catch(() => (until = 0));
    return asked;
  };
};

/** Opens the management API; `amqpUrl` names the virtual host. */
export const openManagement = (managementUrl: string, amqpUrl: string): Management => {
  const { origin, username, password } = new URL(managementUrl);
  const vhost = encodeURIComponent(virtualHostOf(amqpUrl));
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const authorization = `Basic ${Buffer.from(login).toString('base64')}`;
  const ask = async (path: string): Promise<unknown> => {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(`${origin}/api/${path}`, { headers: { authorization }, signal });
    if (!response.ok) throw new Error(`the management API answered ${response.status}`);
    return response.json();
  };
  const queues = remembered(
    () =>
      ask(`queues/${vhost}?columns=name,messages,consumers`) as Promise<readonly ManagedQueue[]>,
  );
  return {
    queues,
    nodes: () => ask(`nodes?columns=${nodeColumns.join()}`) as Promise<readonly ManagedNode[]>,
  };
};
