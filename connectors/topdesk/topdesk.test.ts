import { contractSuite } from '#kit/contract/suite.js';
import { topdesk } from './topdesk.connector.js';

contractSuite(topdesk, import.meta.url, {
  settings: { tellProgress: true },
  changes: {
    incidentChanged: ['takeInTreatment', 'solve'],
    progressAdded: ['writeProgress', 'attachFile'],
  },
});
