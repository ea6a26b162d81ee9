import { Controller, Get, Header, Inject } from '@nestjs/common';
import { frontPage } from './front-page.js';
import type { OutsideWorld } from './outside-world.js';

/** Token of the running simulators. */
export const outsideWorld = Symbol('outside world');

@Controller()
export class ProeftuinController {
  readonly #world: OutsideWorld;

  constructor(@Inject(outsideWorld) world: OutsideWorld) {
    this.#world = world;
  }

  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
  @Header('cache-control', 'no-store')
  show(): string {
    return frontPage(this.#world);
  }
}
