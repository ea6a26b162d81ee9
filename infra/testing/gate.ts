import type { Accepted, Sender } from '#intake/accepted.js';
import { createAccept, type AcceptOptions } from '#intake/accept.js';
import { Refusal } from '#intake/refusal.js';
import { open } from '#runtime/keys.js';
import type { Tenant } from '#tenants/directory.js';
import { aalterTenant, directoryOf, meldpuntSender } from './melding.js';

/** Address of the deployment that a test gate belongs to. */
export const gateUrl = 'https://bus.example.org';
/** The moment at which a test gate stands still. */
export const gateTime = new Date('2026-01-05T08:13:00Z');

interface Published {
  readonly queue: string;
  readonly publication: Parameters<AcceptOptions['publish']>[1];
}

/** What a person reads of a refusal: status, code, and `pointer code` of each reason. */
export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly reasons: readonly string[];
}

/** A gate over queues in memory, for Aalter and Beringen. Its parts may be set between calls. */
export class TestGate {
  tenant: Tenant = aalterTenant();
  /** A failure makes the publish to that queue fail. */
  failureOf: (queue: string) => Error | null = () => null;
  /** Attachments there are, with the tenant that has them. */
  readonly attachments = new Map<string, string>();
  readonly published: Published[] = [];
  /** Queues that were declared anew. */
  readonly made: string[] = [];
  readonly options: AcceptOptions;
  readonly #accept: ReturnType<typeof createAccept>;

  constructor(options: Partial<AcceptOptions> = {}) {
    this.options = {
      directory: () => directoryOf(this.tenant, aalterTenant({ id: 'beringen' })),
      publicUrl: gateUrl,
      now: () => gateTime,
      rememberedIds: 100,
      attachments: { describe: (tenant, id) => Promise.resolve(this.#describe(tenant, id)) },
      publish: (queue, publication) => {
        const failure = this.failureOf(queue);
        if (failure) return Promise.reject(failure);
        this.published.push({ queue, publication });
        return Promise.resolve();
      },
      ensureQueues: (queues) => {
        this.made.push(...queues);
        return Promise.resolve();
      },
      ...options,
    };
    this.#accept = createAccept(this.options);
  }

  get queues(): readonly string[] {
    return this.published.map(({ queue }) => queue);
  }

  accept(event: unknown, sender: Sender = meldpuntSender()): Promise<Accepted> {
    return this.#accept(event, sender);
  }

  /** The refusal itself; throws where the event was accepted or something else was thrown. */
  async refusal(event: unknown, sender?: Sender): Promise<Refusal> {
    const outcome: unknown = await this.accept(event, sender).catch((error: unknown) => error);
    if (outcome instanceof Refusal) return outcome;
    throw new Error('it was not refused', { cause: outcome });
  }

  async refused(event: unknown, sender?: Sender): Promise<Refused> {
    const { status, code, reasons } = await this.refusal(event, sender);
    return { status, code, reasons: reasons.map((one) => `${one.pointer} ${one.code}`) };
  }

  /** The first CloudEvent that lies in a target queue, opened. */
  delivered({ id, envelope }: Accepted): Record<string, unknown> {
    const [first] = this.published;
    if (!first) throw new Error('nothing was published');
    const plain = open(first.publication.body, this.tenant.bodyKeys, `${envelope.tenant}|${id}`);
    return JSON.parse(plain.toString('utf8')) as Record<string, unknown>;
  }

  #describe(tenant: string, id: string) {
    if (this.attachments.get(id) !== tenant) return null;
    return { id, fileName: null, contentType: 'image/png', sizeBytes: 1, sha256: '00' };
  }
}
