import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { createSteps } from './steps.mjs';

const listen = (isTTY: boolean) => {
  const out = Object.assign(new PassThrough(), { isTTY, columns: 100 });
  let text = '';
  out.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { steps: createSteps(out, { NO_COLOR: '1' }), said: () => text };
};

it('prints one line per step, with its last note and its time', async () => {
  const { steps, said } = listen(false);
  const answer = await steps.run('PostgreSQL', (note) => {
    note('starting');
    note('port 5432');
    return 42;
  });
  expect(answer).toBe(42);
  expect(said()).toMatch(/^ {2}✓ PostgreSQL +port 5432 +0\.0 s\n$/);
});

it('marks the step that failed and passes the failure on', async () => {
  const { steps, said } = listen(false);
  const fail = (): never => {
    throw new Error('no disk');
  };
  await expect(steps.run('build', fail)).rejects.toThrow('no disk');
  expect(said()).toMatch(/^ {2}✗ build /);
});

it('draws the steps that run on a terminal, below what has ended', async () => {
  const { steps, said } = listen(true);
  let finish = (): void => undefined;
  const slow = steps.run('RabbitMQ', () => new Promise<void>((resolve) => (finish = resolve)));
  await steps.run('PostgreSQL', () => undefined);
  const drawn = said();
  expect(drawn).toContain('\u001b[2A\u001b[0J');
  expect(drawn.lastIndexOf('RabbitMQ')).toBeGreaterThan(drawn.lastIndexOf('✓ PostgreSQL'));
  finish();
  await slow;
  expect(said()).toContain('✓ RabbitMQ');
});

it('says nothing more of steps that are given up', async () => {
  const { steps, said } = listen(false);
  let finish = (): void => undefined;
  const slow = steps.run('RabbitMQ', () => new Promise<void>((resolve) => (finish = resolve)));
  steps.end();
  finish();
  await slow;
  steps.print('stopped');
  expect(said()).toBe('stopped\n');
});

it('starts no step after all were given up', async () => {
  const { steps } = listen(false);
  let started = false;
  steps.end();
  await expect(steps.run('gateway', () => (started = true))).rejects.toThrow('not started');
  expect(started).toBe(false);
});
