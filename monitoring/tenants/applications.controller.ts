import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Locale } from '#oslo/catalogue.js';
import { ReasonDto } from '../messages/message.dto.js';
import { PARTS, type Parts } from '../parts.js';
import { Language, May, PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import { newKey, removeKey } from './credentials.js';
import { asProblems } from './refusals.js';
import {
  CredentialParams,
  KeyParams,
  NewKeyDto,
  TenantParams,
  TestDto,
  TrialDto,
} from './tenant.dto.js';
import { sendTest } from './test-message.js';
import { tryRoutes, type WrittenRoute } from './trial.js';
import { readCredentials } from './view.js';

/** The applications of a tenant: their keys, and what would become of what they send. */
@ApiTags('tenants')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1/tenants/:tenant')
export class ApplicationsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({ summary: 'Applications with their keys, never the value of one' })
  @Get('credentials')
  async credentials(@Param() { tenant }: TenantParams) {
    const credentials = await this.#parts.database.scoped(tenant, (trx) =>
      readCredentials(trx, tenant),
    );
    return { credentials };
  }

  @ApiOperation({ summary: 'Makes an API key and shows it, this once; the former may end later' })
  @HttpCode(201)
  @May('configure')
  @Post('credentials/:credential/keys')
  key(
    @Param() { tenant, credential }: CredentialParams,
    @Body() { reason, othersEndAt, dropOldest = false }: NewKeyDto,
    @Who() person: Person,
  ) {
    const end = othersEndAt === undefined ? null : new Date(othersEndAt);
    const wish = { person, tenant, credential, reason };
    return asProblems(() => newKey(this.#parts, wish, { othersEndAt: end, dropOldest }));
  }

  @ApiOperation({ summary: 'Ends an API key at once' })
  @HttpCode(204)
  @May('configure')
  @Delete('credentials/:credential/keys/:key')
  end(
    @Param() { tenant, credential, key }: KeyParams,
    @Body() { reason }: ReasonDto,
    @Who() person: Person,
  ): Promise<void> {
    return asProblems(() => removeKey(this.#parts, { person, tenant, credential, key, reason }));
  }

  @ApiOperation({
    summary:
      'What would become of a message: which routes it takes and why, and whether it would be accepted',
    description:
      'Of a stored message nothing is shown; that it was tried is recorded. Attachments are not looked up. Routes that are not saved are tried on a stored message only by who may read it.',
  })
  @HttpCode(200)
  @May('configure')
  @Post('routes/try')
  try(
    @Param() { tenant }: TenantParams,
    @Body() { message, stored, routes, system }: TrialDto,
    @Who() person: Person,
    @Language() language: Locale,
  ) {
    if ((message === undefined) === (stored === undefined))
      throw new ProblemError('bad-request', tell('try-one'));
    return tryRoutes(this.#parts, {
      ...{ person, tenant, message, stored: stored ?? null, system: system ?? null },
      routes: (routes as WrittenRoute[] | undefined) ?? null,
      locale: language,
    });
  }

  @ApiOperation({
    summary:
      'Sends a melding that is recognisable as a test through the door, with a key of an application',
  })
  @HttpCode(201)
  @May('configure')
  @Post('test-messages')
  test(
    @Param() { tenant }: TenantParams,
    @Body() { key }: TestDto,
    @Who() person: Person,
    @Language() language: Locale,
  ) {
    return sendTest(this.#parts, { person, tenant, key, language });
  }
}
