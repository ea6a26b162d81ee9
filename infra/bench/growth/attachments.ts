import { request } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { residentMb } from '../memory.js';
import { apiKeyOf } from '../system/tenant.js';
import type { Ground } from './growth.js';

/** An attachment that the gateway took. */
export interface Attached {
  readonly mb: number;
  readonly seconds: number;
  /** MiB of the gateway before it, and the most while it came. */
  readonly beforeMb: number;
  readonly mostMb: number;
}

const sizesMb = [1, 10, 100];
const piece = Buffer.alloc(65_536, 'a');
const piecesPerMb = 1_048_576 / piece.length;
const lookMs = 10;

const upload = (url: string, tenant: string, mb: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${apiKeyOf(tenant)}`,
      'content-type': 'application/pdf',
      'content-length': mb * piecesPerMb * piece.length,
    };
    const call = request(`${url}/v1/attachments`, { method: 'POST', headers });
    call.once('error', reject);
    call.once('response', (response) => {
      text(response).then((answer) => {
        if (response.statusCode === 201) resolve();
        else reject(new Error(`an attachment of ${mb} MB was not taken: ${answer}`));
      }, reject);
    });
    Readable.from(Array.from({ length: mb * piecesPerMb }, () => piece)).pipe(call);
  });

/** Attachments of more and more bytes, one at a time: what each takes of the gateway's memory. */
export const attach = async ({ bus, tenants, print }: Ground): Promise<Attached[]> => {
  const [door = ''] = bus.doors;
  const [tenant = ''] = tenants;
  const pid = bus.pids.get('gateway-1') ?? 0;
  const attached: Attached[] = [];
  for (const mb of sizesMb) {
    print(`    an attachment of ${mb} MB`);
    const beforeMb = residentMb(pid);
    let mostMb = beforeMb;
    const look = setInterval(() => (mostMb = Math.max(mostMb, residentMb(pid))), lookMs);
    const begunAt = performance.now();
    await upload(door, tenant, mb).finally(() => clearInterval(look));
    attached.push({ mb, seconds: (performance.now() - begunAt) / 1_000, beforeMb, mostMb });
  }
  return attached;
};
