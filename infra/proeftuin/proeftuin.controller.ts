import { Controller, Get, Header, Inject } from '@nestjs/common';
import { frontPage } from './front-page.js';
import type { OutsideWorld } from './outside-world.js';

/** Token of the running simulators. */
export const outsideWorld = Symbol('outside world');

@Controller()
export class ProeftuinController {
  constructor(@Inject(outsideWorld) private readonly world: OutsideWorld) {}

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  @Header('cache-control', 'no-store')
  show(): string {
    return frontPage(this.world);
  }
}
