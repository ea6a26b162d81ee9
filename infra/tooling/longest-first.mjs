/** Files that take a minute or more: begun first, so that two workers end together. The longest first. */
const longest = [
  'infra/chaos/chaos.process',
  'infra/tests/story.process',
  'infra/tests/dependencies.process',
  'infra/tests/start.process',
  'infra/tests/shutdown.process',
  'infra/tests/rolling.process',
];

/** @param {{ path: string }} test */
const rank = ({ path }) => {
  const at = longest.findIndex((name) => path.includes(name));
  return at === -1 ? longest.length : at;
};

/** The order in which jest begins test files: that of the list, then by name. */
export default class LongestFirst {
  /**
   * @template {{ path: string }} Test
   * @param {readonly Test[]} tests
   */
  sort(tests) {
    return [...tests].sort(
      (one, other) => rank(one) - rank(other) || (one.path < other.path ? -1 : 1),
    );
  }

  /** Jest tells what came of each; nothing is kept of that. */
  cacheResults() {}
}
