import { contractSuite } from '#kit/contract/suite.js';
import { dynamics365 } from './dynamics365.connector.js';

contractSuite(dynamics365, import.meta.url, {
  settings: { noteMarker: 'Melder' },
  changes: {
    incidentChanged: ['research', 'resolve'],
    noteAdded: ['writeNote', 'writeNote'],
  },
});
