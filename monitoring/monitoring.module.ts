import { Module, type DynamicModule } from '@nestjs/common';
import { ActsController } from './acts/acts.controller.js';
import { ChecksController } from './checks/checks.controller.js';
import { AuditController } from './collect/audit.controller.js';
import { OverviewController } from './health/overview.controller.js';
import { LinesController } from './lines/lines.controller.js';
import { ConsultationsController } from './operators/consultations/consultations.controller.js';
import { MapController } from './map/map.controller.js';
import { MessagesController } from './messages/messages.controller.js';
import { OperatorsController } from './operators/operators.controller.js';
import { EditsController } from './operators/parked/edits.controller.js';
import { OrdersController } from './operators/parked/orders.controller.js';
import { ParkedController } from './operators/parked/parked.controller.js';
import { LiveController } from './live/live.controller.js';
import { PeopleController } from './people/people.controller.js';
import { PARTS, type Parts } from './parts.js';
import { ConsoleController } from './serving/console.controller.js';
import { ApplicationsController } from './tenants/applications.controller.js';
import { TenantsController } from './tenants/tenants.controller.js';
import { UsageController } from './usage/usage.controller.js';

/** What comes in, what operators see and do, what the sandbox shows. */
@Module({
  controllers: [
    AuditController,
    OperatorsController,
    OverviewController,
    MapController,
    MessagesController,
    ActsController,
    ParkedController,
    OrdersController,
    EditsController,
    LinesController,
    ChecksController,
    ConsultationsController,
    LiveController,
    PeopleController,
    TenantsController,
    ApplicationsController,
    UsageController,
    // Last: it answers every address that nobody else does.
    ConsoleController,
  ],
})
export class MonitoringModule {
  static of(parts: Parts): DynamicModule {
    return { module: MonitoringModule, providers: [{ provide: PARTS, useValue: parts }] };
  }
}
