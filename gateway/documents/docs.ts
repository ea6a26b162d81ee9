import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Refusal } from '#intake/refusal.js';
import type { Answer } from '../answer.js';
import { publicAnswer } from '../language/language.js';

const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

/** Everything from this very address; pictures of the style sheet are written in it. */
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>LB-bus</title>
    <link rel="stylesheet" href="docs/swagger-ui.css">
    <link rel="icon" type="image/png" href="docs/favicon-32x32.png">
  </head>
  <body>
    <div id="swagger-ui"></div>
    <script src="docs/swagger-ui-bundle.js"></script>
    <script src="docs/start.js"></script>
  </body>
</html>
`;

const start = `SwaggerUIBundle({ url: 'v1/openapi.json', dom_id: '#swagger-ui', deepLinking: true });
`;

const javascript = 'text/javascript; charset=utf-8';
const fromPackage: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': javascript,
  'favicon-32x32.png': 'image/png',
};

const packaged = (file: string, contentType: string): Answer => ({
  status: 200,
  headers: { 'content-type': contentType, 'cache-control': 'public, max-age=86400' },
  body: readFileSync(join(folder, file)),
});

/** The page on which the contract is read and tried. */
export const docsPage = (ifNoneMatch: string | undefined): Answer => {
  const answer = publicAnswer(page, 'text/html; charset=utf-8', ifNoneMatch);
  return { ...answer, headers: { ...answer.headers, 'content-security-policy': policy } };
};

/** A file of that page; throws 404 for any other. */
export const docsFile = (file: string, ifNoneMatch: string | undefined): Answer => {
  if (file === 'start.js') return publicAnswer(start, javascript, ifNoneMatch);
  const contentType = Object.hasOwn(fromPackage, file) ? fromPackage[file] : undefined;
  if (contentType === undefined) throw new Refusal('not-found', 404);
  return packaged(file, contentType);
};
