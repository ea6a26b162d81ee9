import { Controller, Inject, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { Delivery } from '#bus/delivery.js';
import { RethrowFilter } from '#bus/rethrow.filter.js';
import { auditQueue } from '#bus/topology.js';
import { PARTS, type Parts } from '../parts.js';

/** Takes what comes in the audit queue. */
@UseFilters(RethrowFilter)
@Controller()
export class AuditController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @EventPattern(auditQueue)
  take(@Payload() delivery: Delivery): void {
    this.#parts.collector.collect(delivery);
  }
}
