import { Module, type DynamicModule } from '@nestjs/common';
import { ChecksController } from './checks/checks.controller.js';
import { AuditController } from './collect/audit.controller.js';
import { ConsultationsController } from './operators/consultations/consultations.controller.js';
import { OperatorsController } from './operators/operators.controller.js';
import { DiscardsController } from './operators/parked/discards.controller.js';
import { EditsController } from './operators/parked/edits.controller.js';
import { ParkedController } from './operators/parked/parked.controller.js';
import { ReplaysController } from './operators/parked/replays.controller.js';
import { PageController } from './page/page.controller.js';
import { PeopleController } from './people/people.controller.js';
import { PARTS, type Parts } from './parts.js';
import { ConsoleController } from './serving/console.controller.js';

/** What comes in, what operators see and do, what the sandbox shows. */
@Module({
  controllers: [
    AuditController,
    OperatorsController,
    ParkedController,
    ReplaysController,
    DiscardsController,
    EditsController,
    ChecksController,
    ConsultationsController,
    PeopleController,
    PageController,
    // Last: it answers every address that nobody else does.
    ConsoleController,
  ],
})
export class MonitoringModule {
  static of(parts: Parts): DynamicModule {
    return { module: MonitoringModule, providers: [{ provide: PARTS, useValue: parts }] };
  }
}
