import { contractSuite } from '#kit/contract/suite.js';
import { verenigingsregister } from './verenigingsregister.connector.js';

contractSuite(verenigingsregister, import.meta.url);
