import { randomUUID } from 'node:crypto';
import { connect, type ConsumeMessage } from 'amqplib';
import { provided } from './setting.js';
import { until } from './until.js';

/** A virtual host of one test file; `managementUrl` is the HTTP API with credentials, without a path. */
export interface FreshVhost {
  readonly url: string;
  readonly name: string;
  readonly managementUrl: string;
  drop(): Promise<void>;
}

/** Calls the management API of the test broker; throws with status and answer on a refusal. */
export const manage = async (method: string, path: string, body?: object): Promise<unknown> => {
  const { origin, username, password } = new URL(provided('LBBUS_TEST_AMQP_MANAGEMENT_URL'));
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const response = await fetch(`${origin}/api${path}`, {
    method,
    headers: {
      authorization: `Basic ${Buffer.from(login).toString('base64')}`,
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} gave ${response.status}: ${text}`);
  return text === '' ? undefined : JSON.parse(text);
};

/**
 * Creates a virtual host, with a user of its own, on the broker of `LBBUS_TEST_AMQP_URL`; `drop` also closes what is
 * connected to it.
 */
export const freshVhost = async (): Promise<FreshVhost> => {
  const url = new URL(provided('LBBUS_TEST_AMQP_URL'));
  const name = `test-${randomUUID()}`;
  const password = randomUUID();
  await manage('PUT', `/vhosts/${name}`);
  await manage('PUT', `/users/${name}`, { password, tags: '' });
  await manage('PUT', `/permissions/${name}/${name}`, { configure: '.*', write: '.*', read: '.*' });
  url.username = name;
  url.password = password;
  url.pathname = `/${name}`;
  return {
    url: url.href,
    name,
    managementUrl: provided('LBBUS_TEST_AMQP_MANAGEMENT_URL'),
    drop: async () => {
      await manage('DELETE', `/vhosts/${name}`);
      await manage('DELETE', `/users/${name}`);
    },
  };
};

/** Messages ready in a queue, exact at once (the management API is seconds behind); throws where there is no such queue. */
export const queueDepth = async (vhost: FreshVhost, queue: string): Promise<number> => {
  const connection = await connect(vhost.url);
  try {
    const channel = await connection.createChannel();
    // A passive declare of a missing queue closes the channel; without a listener that would end the test run.
    channel.on('error', () => undefined);
    return (await channel.checkQueue(queue)).messageCount;
  } finally {
    await connection.close();
  }
};

/** Takes the oldest message out of a queue, once there is one; the queue may still have to be made. */
export const takeFrom = async (vhost: FreshVhost, queue: string): Promise<ConsumeMessage> => {
  await until(async () => (await queueDepth(vhost, queue)) >= 0, { what: `${queue} to be there` });
  const connection = await connect(vhost.url);
  try {
    const channel = await connection.createChannel();
    await channel.prefetch(1);
    const taken = await new Promise<ConsumeMessage>((resolve, reject) => {
      const take = (message: ConsumeMessage | null): void => {
        if (message) resolve(message);
        else reject(new Error(`${queue} went away`));
      };
      channel.consume(queue, take).catch(reject);
    });
    channel.ack(taken);
    await channel.close();
    return taken;
  } finally {
    await connection.close();
  }
};

/** Cuts every connection to the virtual host from the broker's side, at once; answers how many there were. */
export const closeConnections = async (vhost: FreshVhost): Promise<number> => {
  const ours = (await manage('GET', `/connections/username/${vhost.name}`)) as readonly unknown[];
  await manage('DELETE', `/connections/username/${vhost.name}`);
  return ours.length;
};
