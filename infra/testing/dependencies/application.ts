import { writeFile } from 'node:fs/promises';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { newAuthority } from '../certificates.js';
import { meldingIngediend } from '../melding.js';
import type { Stack } from '../processes.js';

/** API key of the tenant's only application. */
export const key = 'lb_aalter_dependencies_00000000000000000000000000';
/** Goes to `verlopen` and `elders`, whose certificates are not in order. */
export const meldingAangevuld = 'be.lbbus.melding.aangevuld.v1';

/** An application to which the bus pushes. */
export interface Application {
  /** Ids under which messages were sent, as they were received. */
  readonly received: string[];
  /** It answers 503 and takes nothing. */
  busy: boolean;
  readonly close: () => void;
}

const tenantOf = (ports: Readonly<Record<'toepassing' | 'verlopen' | 'elders', number>>) => {
  const push = (url: string) => ({
    connector: 'backend',
    settings: { url, secret: { secret: 'signing' } },
  });
  return {
    tenant: 'aalter',
    name: 'Gemeente Aalter',
    bestuurseenheid: 'http://data.lblod.info/id/bestuurseenheden/aalter',
    kbo: '0207433216',
    verwerkingen: ['meldingen-openbaar-domein'],
    allowedHosts: ['127.0.0.1', 'localhost'],
    connectors: {
      toepassing: push(`http://127.0.0.1:${ports.toepassing}/in`),
      verlopen: push(`https://localhost:${ports.verlopen}/in`),
      elders: push(`https://localhost:${ports.elders}/in`),
    },
    routes: [
      { when: { type: meldingIngediend }, to: ['toepassing'] },
      { when: { type: meldingAangevuld }, to: ['verlopen', 'elders'] },
    ],
    credentials: [{ name: 'meldpunt', keys: [{ secret: 'key' }], sources: ['*'], types: ['*'] }],
  };
};

const receiving =
  (application: Application): RequestListener =>
  (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { id = '' } = JSON.parse(Buffer.concat(chunks).toString() || '{}') as { id?: string };
      const { busy } = application;
      if (!busy && request.method === 'POST') application.received.push(id);
      response.writeHead(busy ? 503 : 204).end();
    });
  };

const listening = async (server: Server): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
};

/** Starts the application, and declares its tenant on the stack. Answers it with the file of the authority to trust. */
export const startApplication = async (
  stack: Stack,
): Promise<{ readonly application: Application; readonly authorityFile: string }> => {
  const { authority, issue } = newAuthority();
  const servers: Server[] = [];
  const application: Application = {
    received: [],
    busy: false,
    close: () => servers.forEach((server) => server.close()),
  };
  const take = receiving(application);
  servers.push(
    createHttpServer(take),
    createHttpsServer(issue('localhost', -3), take),
    createHttpsServer(issue('elders.example'), take),
  );
  const [toepassing = 0, verlopen = 0, elders = 0] = await Promise.all(servers.map(listening));
  const inFolder = (name: string): string => join(stack.deployment.stateFolder, name);
  const signing = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  // JSON is YAML.
  const tenant = tenantOf({ toepassing, verlopen, elders });
  await writeFile(inFolder('tenant.yaml'), JSON.stringify(tenant));
  await writeFile(inFolder('secrets.yaml'), JSON.stringify({ aalter: { key, signing } }));
  await writeFile(inFolder('authority.pem'), authority);
  const files = ['-f', inFolder('tenant.yaml'), '--secrets', inFolder('secrets.yaml')];
  await stack.lbBus('apply', ...files, '--yes');
  return { application, authorityFile: inFolder('authority.pem') };
};
