const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const frameMs = 100;
// Without a terminal to draw on, a long step says from time to time that it is still at work.
const patienceMs = 30_000;
const nameWidth = 16;
const noteWidth = 52;

/**
 * Where steps are printed; a terminal is drawn on.
 * @typedef {NodeJS.WritableStream & { isTTY?: boolean, columns?: number }} Out
 *
 * @typedef {{ name: string, note: string, startedAt: number }} Step
 *
 * @typedef {object} Steps
 * @property {<T>(name: string, work: (note: (text: string) => void) => Promise<T> | T) => Promise<T>} run
 *   runs `work` as a step and prints how it ended; `note` says what it is at, the last note stays. A failure passes on
 *   to the caller. Several steps may run at once.
 * @property {(text: string) => void} print lines above the steps that run
 * @property {() => void} end no step starts or says anything more: what still runs is being given up. `print` goes on
 * @property {(code: number, text: string) => string} paint in an ANSI colour, where there are colours
 * @property {boolean} coloured
 */

/** @param {number} ms */
export const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;

/**
 * @param {string} text
 * @param {number} width
 */
const fit = (text, width) =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width);

/**
 * The lines of the steps that run, kept below everything else on a terminal; elsewhere only what has ended is written.
 * @param {Out} out
 * @param {boolean} live
 * @param {Steps['paint']} paint
 */
const createScreen = (out, live, paint) => {
  /** @type {Step[]} */
  const running = [];
  let drawn = 0;
  let frame = 0;
  /** @type {NodeJS.Timeout | undefined} */
  let timer;

  /** @type {(mark: string, step: Step) => string} */
  const line = (mark, { name, note, startedAt }) => {
    const time = seconds(performance.now() - startedAt).padStart(8);
    const room = Math.max(10, Math.min(noteWidth, (out.columns || 100) - nameWidth - 15));
    return `  ${mark} ${fit(name, nameWidth)} ${fit(note, room)} ${paint(2, time)}`;
  };
  const erase = () => {
    if (drawn > 0) out.write(`\u001b[${drawn}A\u001b[0J`);
    drawn = 0;
  };
  const draw = () => {
    if (!live) return;
    erase();
    frame += 1;
    const mark = paint(36, frames[frame % frames.length] ?? '');
    for (const step of running) out.write(`${line(mark, step)}\n`);
    drawn = running.length;
  };
  /** @param {string} text */
  const print = (text) => {
    erase();
    out.write(`${text}\n`);
    draw();
  };
  /** @param {Step} step */
  const add = (step) => {
    running.push(step);
    if (live) timer ??= setInterval(draw, frameMs);
    draw();
  };
  /** @param {readonly Step[]} steps */
  const remove = (steps) => {
    for (const step of steps) running.splice(running.indexOf(step), 1);
    if (running.length === 0) {
      clearInterval(timer);
      timer = undefined;
    }
    erase();
  };
  return { add, remove, removeAll: () => remove([...running]), print, line };
};

/**
 * Steps with their time: on a terminal a line that turns while the step runs, elsewhere a line when it has ended.
 * @param {Out} out
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Steps}
 */
export const createSteps = (out, env = process.env) => {
  const live = out.isTTY === true && env['TERM'] !== 'dumb';
  const coloured = live && env['NO_COLOR'] === undefined;
  /** @type {Steps['paint']} */
  const paint = (code, text) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);
  const screen = createScreen(out, live, paint);
  let over = false;
  const isOver = () => over;

  /** @type {Steps['run']} */
  const run = async (name, work) => {
    if (isOver()) throw new Error(`${name} is not started any more`);
    const step = { name, note: '', startedAt: performance.now() };
    screen.add(step);
    const remind = () => screen.print(screen.line('…', step));
    const reminder = live ? undefined : setInterval(remind, patienceMs);
    let mark = paint(31, '✗');
    try {
      const result = await work((text) => {
        step.note = text;
      });
      mark = paint(32, '✓');
      return result;
    } finally {
      clearInterval(reminder);
      if (!isOver()) {
        screen.remove([step]);
        screen.print(screen.line(mark, step));
      }
    }
  };
  const end = () => {
    over = true;
    screen.removeAll();
  };
  return { run, print: screen.print, end, paint, coloured };
};
