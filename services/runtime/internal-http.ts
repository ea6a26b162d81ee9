import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

/** Why the process does not work, in words for the operator; null while it does. */
export type Readiness = () => string | null;

export interface InternalHttp {
  readonly port: number;
  readonly close: () => Promise<void>;
}

interface Readinesses {
  readonly readiness: Readiness;
  /** What it cannot do though it works; null where it can do all. */
  readonly limitation?: Readiness;
}

/** `/health/live`, `/health/ready` and `/metrics` for orchestrator and Prometheus, apart from the public port. */
export const serveInternal = async (
  options: Readinesses & { readonly port: number; readonly registry: Registry },
): Promise<InternalHttp> => {
  const server = createServer((request, response) => {
    const answer = (status: number, type: string, body: string): void => {
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    };
    const path = request.url?.split('?')[0];
    if (path === '/metrics') {
      options.registry.metrics().then(
        (text) => answer(200, options.registry.contentType, text),
        () => answer(500, 'text/plain', 'metrics could not be collected'),
      );
      return;
    }
    const health = healthOf(path, options);
    if (health) answer(health.status, 'application/json', health.body);
    else answer(404, 'text/plain', 'here are /health/live, /health/ready and /metrics');
  });
  await listening(server, options.port);
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const healthOf = (path: string | undefined, { readiness, limitation }: Readinesses) => {
  if (path === '/health/live') return { status: 200, body: healthBody(null) };
  if (path !== '/health/ready') return null;
  const problem = readiness();
  return { status: problem === null ? 200 : 503, body: healthBody(problem, limitation?.()) };
};

/** Body of a health answer: `{"ready":true}`, `{"ready":true,"limited":…}` or `{"ready":false,"reason":…}`. */
export const healthBody = (problem: string | null, limitation?: string | null): string =>
  JSON.stringify(
    problem === null
      ? { ready: true, limited: limitation ?? undefined }
      : { ready: false, reason: problem },
  );

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, process.env['LBBUS_INTERNAL_HOST'] ?? '127.0.0.1', resolve);
  });
