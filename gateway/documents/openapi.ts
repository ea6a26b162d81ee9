import { paths } from './paths.js';
import { schemas } from './schemas.js';

const methods = ['get', 'post', 'put', 'patch', 'delete'];

const matches = (template: string, path: string): boolean => {
  const pattern = template.split('/').map((part) => (part.startsWith('{') ? null : part));
  const parts = path.split('/');
  return (
    parts.length === pattern.length &&
    pattern.every((part, index) => (part === null ? parts[index] !== '' : part === parts[index]))
  );
};

/** The methods that a path answers to, in capitals; none where there is no such path. */
export const methodsOf = (path: string): readonly string[] => {
  const template = Object.keys(paths).find((candidate) => matches(candidate, path));
  const item = template === undefined ? {} : (paths[template] ?? {});
  return methods.filter((method) => method in item).map((method) => method.toUpperCase());
};

/** The contract of the door as OpenAPI 3.1. */
export const openApi = (publicUrl: string) => ({
  openapi: '3.1.0',
  info: {
    title: 'LB-bus',
    version: '1',
    summary: 'The service bus of the Flemish local governments: messages in OSLO, in and out.',
    license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
  },
  servers: [{ url: publicUrl }],
  security: [{ credential: [] }],
  paths,
  components: {
    schemas,
    securitySchemes: {
      credential: {
        type: 'http',
        scheme: 'bearer',
        description: 'An API key (`lb_…`) or an OAuth 2 access token.',
      },
    },
  },
});
