/** What the programs use of peers that only the bench installs; typed here, so that the checks need no installation. */

declare module '@golevelup/nestjs-rabbitmq' {
  import type { DynamicModule } from '@nestjs/common';

  export class AmqpConnection {
    publish(exchange: string, routingKey: string, message: object): Promise<boolean>;
  }

  export const RabbitMQModule: {
    forRoot(options: Readonly<Record<string, unknown>>): DynamicModule;
  };

  export function RabbitSubscribe(options: Readonly<Record<string, unknown>>): MethodDecorator;
}

declare module 'pg-boss' {
  export default class PgBoss {
    constructor(options: Readonly<Record<string, unknown>>);
    on(event: 'error', listener: (error: Error) => void): void;
    start(): Promise<unknown>;
    stop(options: { readonly graceful: boolean }): Promise<void>;
    createQueue(name: string, options: Readonly<Record<string, unknown>>): Promise<void>;
    send(queue: string, melding: object): Promise<string | null>;
    work(
      queue: string,
      options: { readonly batchSize: number; readonly pollingIntervalSeconds: number },
      handler: (jobs: readonly { readonly data: object }[]) => Promise<void>,
    ): Promise<string>;
  }
}
