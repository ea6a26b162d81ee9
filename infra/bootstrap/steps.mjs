const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 100;
// Without a terminal to draw on, a long step says from time to time that it is still at work.
const patienceMs = 10_000;
const nameWidth = 16;
const noteWidth = 52;

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * @param {string} text
 * @param {number} width
 */
const fit = (text, width) =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);

/**
 * Steps with their time: on a terminal a line that turns while the step runs, elsewhere a line when it has ended.
 * Several may run at once.
 * @param {NodeJS.WritableStream & { isTTY?: boolean, columns?: number }} out
 * @param {NodeJS.ProcessEnv} [env]
 */
export const createSteps = (out, env = process.env) => {
  const live = out.isTTY === true && env['TERM'] !== 'dumb';
  const coloured = live && env['NO_COLOR'] === undefined;
  /** @type {(code: number, text: string) => string} */
  const paint = (code, text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  /** @type {{ name: string, note: string, startedAt: number }[]} */
  const running = [];
  let drawn = 0;
  let frame = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  /** @type {(mark: string, step: { name: string, note: string, startedAt: number }) => string} */
  const line = (mark, { name, note, startedAt }) => {
    const time = seconds(performance.now() - startedAt).padStart(8);
    const room = Math.min(noteWidth, (out.columns ?? 100) - nameWidth - 14);
    return `  ${mark} ${fit(name, nameWidth)} ${fit(note, room)} ${paint(2, time)}`;
  };
  const erase = () => {
    if (drawn > 0) out.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = () => {
    if (!live) return;
    erase();
    const mark = paint(36, frames[(frame += 1) % frames.length] ?? '');
    for (const step of running) out.write(`${line(mark, step)}\n`);
    drawn = running.length;
  };
  /** @param {string} text */
  const print = (text) => {
    erase();
    out.write(`${text}\n`);
    draw();
  };

  /**
   * Runs `work` as a step and prints how it ended; a failure passes on to the caller.
   * @template T
   * @param {string} name
   * @param {(note: (text: string) => void) => Promise<T> | T} work `note` says what it is at; the last note stays
   * @returns {Promise<T>}
   */
  const run = async (name, work) => {
    const step = { name, note: '', startedAt: performance.now() };
    running.push(step);
    if (live) timer ??= setInterval(draw, frameMs);
    draw();
    const reminder = live
      ? undefined
      : setInterval(() => out.write(`${line('…', step)}\n`), patienceMs);
    const end = () => {
      clearInterval(reminder);
      running.splice(running.indexOf(step), 1);
      if (running.length > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
    try {
      const result = await work((text) => {
        step.note = text;
      });
      end();
      print(line(paint(32, '✓'), step));
      return result;
    } catch (error) {
      end();
      print(line(paint(31, '✗'), step));
      throw error;
    }
  };
  return { run, print, paint, coloured };
};

/** @typedef {ReturnType<typeof createSteps>} Steps */
