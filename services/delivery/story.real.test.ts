import { afterAll, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { courses, newModel, type Model } from '#infra/testing/delivery/story/commands.js';
import { openMovingClock, type MovingClock } from '#infra/testing/delivery/story/moving-clock.js';
import { Story } from '#infra/testing/delivery/story/story.js';

jest.setTimeout(180_000);

const lanes = 3;
const forMs = Number(process.env['LBBUS_TEST_STORY_SECONDS'] ?? 20) * 1_000;
const seed = Number(process.env['LBBUS_TEST_SEED'] ?? 1);
const clocks: MovingClock[] = [];

afterAll(async () => {
  await Promise.all(clocks.map((clock) => clock.close()));
});

/** Everything that can still be done is done, without a fault. */
const drain = async (story: Story): Promise<void> => {
  for (let round = 0; round < 60; round++) {
    while (story.going.length > 0) await story.end(0, 'answered');
    if (story.queue.length === 0 && (await story.tables.waits()).length === 0) return;
    // Longer than any lease, any attempt and any wait.
    await story.pass(2 * 3_600_000);
    await story.tables.release();
    await story.sweep();
    for (let left = story.queue.length; left > 0; left--) await story.take();
    await story.takeDue();
  }
  throw new Error('the line does not come to rest');
};

/** Each message ended once, as was told under one step and last of all; where it was delivered, it was done. */
const expectLedger = async (story: Story): Promise<void> => {
  const stands = await story.tables.stands();
  for (const { id } of story.messages) {
    const steps = story.told.filter(({ envelope }) => envelope.id === id);
    const last = steps.reduce((one, other) => (other.sequence > one.sequence ? other : one));
    expect(last.status).toBe(stands.get(id));
    const ends = steps.filter(({ status }) => status === 'delivered' || status === 'parked');
    expect(new Set(ends.map(({ stepId }) => stepId)).size).toBe(1);
    if (last.status === 'delivered') expect(story.otherSide.acted.has(id)).toBe(true);
  }
  for (const step of story.told) {
    const same = story.told.filter(({ stepId }) => stepId === step.stepId);
    // That it was released is told again as that it waits.
    for (const { status, code } of same) expect([status, code]).toEqual([step.status, step.code]);
  }
};

const tell = async (clock: MovingClock, course: Iterable<fc.AsyncCommand<Model, Story>>) => {
  await clock.ask('truncate delivery.effect, delivery.waiting, delivery.hold, delivery.reference');
  const story = new Story(clock);
  await fc.asyncModelRun(() => ({ model: newModel(), real: story }), course);
  await drain(story);
  await expectLedger(story);
};

it('loses nothing, doubles nothing and keeps the order, whatever happens and wherever a process dies', async () => {
  clocks.push(...(await Promise.all(Array.from({ length: lanes }, openMovingClock))));
  const until = performance.now() + forMs;
  await Promise.all(
    clocks.map(async (clock, lane) => {
      for (let batch = 0; performance.now() < until; batch++)
        await fc.assert(
          fc.asyncProperty(courses, (course) => tell(clock, course)),
          { seed: seed + lane + lanes * batch, numRuns: 5 },
        );
    }),
  );
});
