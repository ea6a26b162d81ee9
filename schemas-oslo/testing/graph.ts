import jsonld from 'jsonld';
import { Parser, Store } from 'n3';
import { contextDocument, contextNames } from '../catalogue.js';

export type Graph = Store;

/** Parses Turtle or N-Quads. */
export const parse = (text: string): Graph => new Store(new Parser().parse(text));

/** Serves the contexts of this folder and nothing else: there is no network behind it. */
const documentLoader = (url: string): Promise<object> => {
  const name = contextNames.find((each) =>
    [`urn:lb-bus:context:${each}:v1`, `/v1/contexts/${each}/v1.jsonld`].includes(url),
  );
  if (!name) return Promise.reject(new Error(`no context at ${url}`));
  // `tag: 'static'` lets jsonld keep the processed context (jsonld.js issue 342).
  return Promise.resolve({ documentUrl: url, document: contextDocument(name), tag: 'static' });
};

/** The graph of a message's data. In safe mode whatever JSON-LD would drop is an error. */
export const graphOf = async (data: unknown, safe: boolean): Promise<Graph> => {
  const options = { format: 'application/n-quads', documentLoader, safe };
  const quads: unknown = await jsonld.toRDF(
    data as jsonld.JsonLdDocument,
    options as jsonld.Options.ToRdf,
  );
  return parse(String(quads));
};
