import { Module, type DynamicModule } from '@nestjs/common';
import { DeliveryController, receivers, type Receivers } from './delivery.controller.js';

/** The process as Nest sees it: deliveries come in by the controller, the receivers bring them on their way. */
@Module({})
export class DeliveryModule {
  static with(given: Receivers): DynamicModule {
    return {
      module: DeliveryModule,
      controllers: [DeliveryController],
      providers: [{ provide: receivers, useValue: given }],
    };
  }
}
