import { contractSuite } from '#kit/contract/suite.js';
import { topdesk } from './topdesk.connector.js';

contractSuite(topdesk, import.meta.url, {
  changes: { incidentChanged: ['takeInTreatment', 'solve'] },
});
