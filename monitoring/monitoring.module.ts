import { Module, type DynamicModule } from '@nestjs/common';
import { AuditController } from './collect/audit.controller.js';
import { OperatorsController } from './operators/operators.controller.js';
import { PageController } from './page/page.controller.js';
import { PARTS, type Parts } from './parts.js';

/** What comes in, what operators see and do, what the sandbox shows. */
@Module({ controllers: [AuditController, OperatorsController, PageController] })
export class MonitoringModule {
  static of(parts: Parts): DynamicModule {
    return { module: MonitoringModule, providers: [{ provide: PARTS, useValue: parts }] };
  }
}
