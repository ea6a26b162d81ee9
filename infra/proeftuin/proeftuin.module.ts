import { Module, type DynamicModule } from '@nestjs/common';
import type { OutsideWorld } from './outside-world.js';
import { outsideWorld, ProeftuinController } from './proeftuin.controller.js';

@Module({})
export class ProeftuinModule {
  static of(world: OutsideWorld): DynamicModule {
    return {
      module: ProeftuinModule,
      controllers: [ProeftuinController],
      providers: [{ provide: outsideWorld, useValue: world }],
    };
  }
}
