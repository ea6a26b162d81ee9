import { discoverConnectors } from './kit/discover.js';
import { failureReference } from './kit/failure-reference.js';
import { readmeOf } from './kit/readme.js';

/** A README for each connector, and the reference page of failure codes. */
const generate = async (): Promise<Record<string, string>> => {
  const connectors = [...(await discoverConnectors()).values()];
  const readmes = connectors.map((connector) => [
    `connectors/${connector.id}/README.md`,
    readmeOf(connector),
  ]);
  return {
    ...(Object.fromEntries(readmes) as Record<string, string>),
    'docs/reference/failure-codes.md': failureReference(),
  };
};

export default generate;
