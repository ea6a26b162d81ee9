import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const audience = 'urn:lb-bus:gateway';

/** What the issuer says of a token; a function writes the answer itself. */
type Said = Readonly<Record<string, unknown>> | ((response: ServerResponse) => void);

/** Stands in for ACM/IDM as far as the bus asks it about opaque tokens. */
export interface Introspecting {
  readonly url: string;
  /** File for LBBUS_ISSUERS_FILE. */
  readonly issuersFile: string;
  /** Answers by token; a token that is not here is not active. */
  readonly said: Map<string, Said>;
  /** Tokens that it was asked about, in order. */
  readonly asked: string[];
  readonly close: () => void;
}

/** A token of the client of Mijn Burgerprofiel with these scopes. */
export const tokenOf = (
  scope: string,
  changes: Readonly<Record<string, unknown>> = {},
): Readonly<Record<string, unknown>> => ({
  active: true,
  client_id: 'mbp',
  aud: audience,
  exp: 4_000_000_000,
  scope,
  ...changes,
});

/** Starts an issuer that knows the client `mbp` with a token for each interface, named after it. */
export const startIntrospecting = async (): Promise<Introspecting> => {
  const said = new Map<string, Said>([
    ['meldingen', tokenOf('openid dv_mbp_incidents')],
    ['attesten', tokenOf('mbp_attesten')],
    ['forms', tokenOf('mbp_forms')],
  ]);
  const asked: string[] = [];
  const server = createServer((request, response) => {
    let form = '';
    request.on('data', (chunk: Buffer) => (form += chunk.toString()));
    request.on('end', () => {
      const token = new URLSearchParams(form).get('token') ?? '';
      asked.push(token);
      const answer = said.get(token) ?? { active: false };
      if (typeof answer === 'function') answer(response);
      else response.end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = await mkdtemp(join(tmpdir(), 'lbbus-acm-'));
  await writeFile(join(folder, 'secret'), 'geheim\n');
  const issuersFile = join(folder, 'issuers.json');
  const introspection = {
    url: `${url}/introspect`,
    clientId: 'gateway',
    clientSecretFile: 'secret',
  };
  const issuer = { issuer: url, audience, algorithms: ['RS256'], jwksUri: `${url}/jwks` };
  await writeFile(issuersFile, JSON.stringify([{ ...issuer, introspection }]));
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url, issuersFile, said, asked, close };
};
