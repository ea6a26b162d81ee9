import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Registry } from 'prom-client';

/** Readiness of one dependency: null when it is there, else words for the operator. */
export type Readiness = () => string | null;

export interface InternalHttp {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/** `/health/live`, `/health/ready` and `/metrics` for orchestrator and Prometheus, apart from the public port. */
export const serveInternal = async (options: {
  readonly port: number;
  readonly registry: Registry;
  readonly readiness: Readiness;
}): Promise<InternalHttp> => {
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
    const problem = path === '/health/ready' ? options.readiness() : null;
    if (path === '/health/live' || path === '/health/ready') {
      answer(problem === null ? 200 : 503, 'application/json', healthBody(problem));
      return;
    }
    answer(404, 'text/plain', 'here are /health/live, /health/ready and /metrics');
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

/** Body of a health answer: `{"ready":true}` or `{"ready":false,"reason":…}`. */
export const healthBody = (problem: string | null): string =>
  JSON.stringify(problem === null ? { ready: true } : { ready: false, reason: problem });

const listening = (server: Server, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, process.env['LBBUS_INTERNAL_HOST'] ?? '127.0.0.1', resolve);
  });
