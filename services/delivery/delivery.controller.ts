import { Controller, Inject, UseFilters } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { Delivery } from '#bus/delivery.js';
import { RethrowFilter } from '#bus/rethrow.filter.js';
import { questionPattern } from './questions/served.js';
import { hookPattern, targetPattern } from './served.js';

/** What becomes of a delivery on the queue of a target, on that of its questions, and on the queue of webhook calls. Each settles it itself. */
export interface Receivers {
  readonly target: (delivery: Delivery) => Promise<void>;
  readonly question: (delivery: Delivery) => Promise<void>;
  readonly hook: (delivery: Delivery) => Promise<void>;
}

export const receivers = Symbol('receivers');

@Controller()
@UseFilters(RethrowFilter)
export class DeliveryController {
  readonly #receivers: Receivers;

  constructor(@Inject(receivers) given: Receivers) {
    this.#receivers = given;
  }

  @EventPattern(targetPattern)
  target(@Payload() delivery: Delivery): Promise<void> {
    return this.#receivers.target(delivery);
  }

  @EventPattern(questionPattern)
  question(@Payload() delivery: Delivery): Promise<void> {
    return this.#receivers.question(delivery);
  }

  @EventPattern(hookPattern)
  hook(@Payload() delivery: Delivery): Promise<void> {
    return this.#receivers.hook(delivery);
  }
}
