import { Controller, Get, Header, Headers, Inject, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { MessageParams, SearchDto } from '../operators/message.dto.js';
import { readOverview } from '../operators/overview.js';
import { searchMessages } from '../operators/search.js';
import { readTrace } from '../operators/trace.js';
import { PARTS, type Parts } from '../parts.js';
import { ProblemError } from '../problems/problem.js';
import { overviewPage } from './overview-page.js';
import { styleHash } from './style.js';
import { languageOf } from './texts.js';
import { tracePage } from './trace-page.js';

const latestMessages = 20;
const policy = `default-src 'none'; style-src ${styleHash}; frame-ancestors 'none'; base-uri 'none'`;

/** The status page of the sandbox. It has no sign-in: elsewhere it is not served. */
@ApiExcludeController()
@Controller()
export class PageController {
  readonly #parts: Parts;

  constructor(@Inject(PARTS) parts: Parts) {
    this.#parts = parts;
  }

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', policy)
  async overview(
    @Query('lang') chosen: unknown,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<string> {
    this.#requireSandbox();
    const { database, directory } = this.#parts;
    const wish = Object.assign(new SearchDto(), { limit: latestMessages });
    const [tenants, { messages }] = await Promise.all([
      readOverview(database, directory(), null),
      searchMessages(database, wish, null),
    ]);
    return overviewPage(tenants, messages, languageOf(chosen, accepted));
  }

  @Get('messages/:tenant/:id')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', policy)
  async message(
    @Param() { tenant, id }: MessageParams,
    @Query('lang') chosen: unknown,
    @Headers('accept-language') accepted: string | undefined,
  ): Promise<string> {
    this.#requireSandbox();
    const trace = await readTrace(this.#parts.database, tenant, id);
    return tracePage(trace, languageOf(chosen, accepted));
  }

  #requireSandbox(): void {
    if (this.#parts.sandbox) return;
    throw new ProblemError(
      'not-found',
      'The status page has no sign-in and is served in the sandbox only (LBBUS_SANDBOX=1); operators use /admin/v1',
    );
  }
}
