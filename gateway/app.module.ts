import { Module, type DynamicModule } from '@nestjs/common';
import { AttachmentsController } from './attachments/attachments.controller.js';
import { AttestenController } from './burgerprofiel/attesten.controller.js';
import { FormsController } from './burgerprofiel/forms.controller.js';
import { MeldingenController } from './burgerprofiel/meldingen.controller.js';
import { DocumentsController } from './documents/documents.controller.js';
import { HealthController } from './health/health.controller.js';
import { HooksController } from './hooks/hooks.controller.js';
import { LanguageController } from './language/language.controller.js';
import { MessagesController } from './messages/messages.controller.js';
import { PostvakController } from './postvak/postvak.controller.js';
import { PARTS, type Parts } from './tokens.js';

/** The doors, in the order of the contract. */
@Module({
  controllers: [
    MessagesController,
    AttachmentsController,
    HooksController,
    PostvakController,
    MeldingenController,
    AttestenController,
    FormsController,
    LanguageController,
    DocumentsController,
    HealthController,
  ],
})
export class GatewayModule {
  static of(parts: Parts): DynamicModule {
    return { module: GatewayModule, providers: [{ provide: PARTS, useValue: parts }] };
  }
}
