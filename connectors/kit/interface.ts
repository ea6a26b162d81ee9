/** How the bus and a system talk to each other: on the map of couplings, and in the README of the connector. */
export interface Interface {
  /** `CloudEvents` pushes or lays ready the message as it came; `bus` stays within this bus. */
  readonly protocol: 'REST' | 'OData' | 'SOAP' | 'CMIS' | 'CloudEvents' | 'bus';
  /** What goes over it, with the version and the way in, in a few words: `JSON, OAuth 2`. */
  readonly carries: string;
}
