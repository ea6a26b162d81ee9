import { readRecord } from '#bus/audit.js';
import type { Bus } from '#bus/connection.js';
import type { Envelope } from '#bus/envelope.js';
import type { StepRecord } from '#bus/records.js';
import { auditQueue } from '#bus/topology.js';
import type { KeyRing } from '#runtime/keys.js';
import { until } from '../until.js';

/** Everything that was told on the audit queue. */
export class Hearing {
  /** Steps as they came, repeats too. */
  readonly steps: StepRecord[] = [];
  /** Of what was accepted, by bus id. */
  readonly envelopes = new Map<string, Envelope>();
  /** Their sealed bodies. */
  readonly bodies = new Map<string, Buffer>();

  constructor(bus: Bus, keysOf: (tenant: string) => KeyRing | null) {
    bus.consume(auditQueue, { prefetch: 50 }, (delivery) => {
      const record = readRecord(delivery, keysOf);
      if (record.record === 'step') this.steps.push(record);
      else {
        this.envelopes.set(record.envelope.id, record.envelope);
        this.bodies.set(record.envelope.id, record.body);
      }
      delivery.ack();
    });
  }

  /** Steps of a message at the archive, each once, by their number. */
  stepsOf(message: string): StepRecord[] {
    const mine = this.steps.filter(
      ({ envelope, target }) => envelope.id === message && target === 'archief',
    );
    const once = [...new Map(mine.map((step) => [step.stepId, step])).values()];
    return once.sort((a, b) => a.sequence - b.sequence);
  }

  outcomesOf(message: string): string[] {
    return this.stepsOf(message).map(({ outcome }) => outcome);
  }

  /** Waits until the last step of the message at the archive has this status; answers that step. */
  async reaches(
    message: string,
    status: StepRecord['status'],
    timeoutMs = 30_000,
  ): Promise<StepRecord> {
    const last = () => this.stepsOf(message).at(-1);
    try {
      return await until(() => (last()?.status === status ? last() : null), {
        what: `message ${message} to be ${status}`,
        timeoutMs,
      });
    } catch (cause) {
      throw new Error(`it came to ${JSON.stringify(this.outcomesOf(message))}`, { cause });
    }
  }
}
