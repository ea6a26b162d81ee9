import {
  Body,
  Controller,
  Get,
  HttpCode,
  Inject,
  Param,
  Post,
  Put,
  UseGuards,
} from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { messageTypes } from '#oslo/catalogue.js';
import { readChanges } from '#tenants/changes.js';
import { PARTS, type Parts } from '../parts.js';
import { May, PersonGuard, Who } from '../people/person.guard.js';
import type { Person } from '../people/person.js';
import { ProblemError } from '../problems/problem.js';
import { tell } from '../problems/tell.js';
import { readCatalogue } from './catalogue.js';
import { planWish, saveWish, type Wish } from './change.js';
import { readNow } from './now.js';
import { proposalFor } from './proposal.js';
import { asProblems } from './refusals.js';
import { readGiven } from './secrets.js';
import { ChangeDto, NewTenantDto, PlanDto, TenantParams, WishDto } from './tenant.dto.js';
import { readTenantView } from './view.js';

/** What tenants are declared to be, and changes of it: the same as `lb-bus apply` does, and recorded like it. */
@ApiTags('tenants')
@ApiBearerAuth()
@UseGuards(PersonGuard)
@Controller('admin/v1')
export class TenantsController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @ApiOperation({
    summary: 'Connectors that can be coupled, with the schema of their settings; message types',
  })
  @Get('catalogue')
  async catalogue() {
    return readCatalogue(await this.#parts.configuring.connectors());
  }

  @ApiOperation({
    summary: 'A tenant as it is declared, without secrets, and how it differs from the last file',
  })
  @Get('tenants/:tenant/declaration')
  declaration(@Param() { tenant }: TenantParams, @Who() person: Person) {
    return this.#parts.database.scoped(tenant, (trx) => readTenantView(trx, tenant, person));
  }

  @ApiOperation({ summary: 'What was changed of a tenant, by whom and why; newest first' })
  @Get('tenants/:tenant/changes')
  async changes(@Param() { tenant }: TenantParams) {
    const changes = await this.#parts.database.scoped(tenant, (trx) => readChanges(trx, tenant, 0));
    return { changes: changes.reverse() };
  }

  @ApiOperation({
    summary: 'Routes to begin with, by what the connectors of the tenant take and tell',
  })
  @Get('tenants/:tenant/routes/proposal')
  async proposal(@Param() { tenant }: TenantParams) {
    const connectors = await this.#parts.configuring.connectors();
    const now = await readNow(this.#parts, tenant);
    return { routes: proposalFor(now.tenant, connectors, messageTypes.values()) };
  }

  @ApiOperation({ summary: 'What a change would do; does nothing' })
  @HttpCode(200)
  @May('configure')
  @Post('tenants/:tenant/declaration/plans')
  plan(@Param() { tenant }: TenantParams, @Body() body: PlanDto, @Who() person: Person) {
    return asProblems(() => planWish(this.#parts, wishOf(person, tenant, body.version, body)));
  }

  @ApiOperation({ summary: 'Changes a tenant, where it still is what was read' })
  @May('configure')
  @Put('tenants/:tenant/declaration')
  save(@Param() { tenant }: TenantParams, @Body() body: ChangeDto, @Who() person: Person) {
    const options = { leaveBehind: body.leaveBehind ?? false };
    return asProblems(() =>
      saveWish(this.#parts, wishOf(person, tenant, body.version, body), options),
    );
  }

  @ApiOperation({ summary: 'Makes a tenant' })
  @HttpCode(201)
  @May('configure')
  @Post('tenants')
  create(@Body() body: NewTenantDto, @Who() person: Person) {
    if (person.tenants !== null || !person.roles.includes('operator'))
      throw new ProblemError('forbidden', tell('tenant-not-yours'));
    const tenant: unknown = Reflect.get(body.declaration, 'tenant');
    return asProblems(() =>
      saveWish(this.#parts, wishOf(person, String(tenant), null, body), { leaveBehind: false }),
    );
  }
}

const wishOf = (
  person: Person,
  tenant: string,
  version: number | null,
  { declaration, secrets = {}, reason = '' }: WishDto & { readonly reason?: string },
): Wish => ({ person, tenant, version, declaration, secrets: readGiven(secrets), reason });
