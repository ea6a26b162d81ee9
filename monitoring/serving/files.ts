import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** One file of the console as it is sent. */
export interface ConsoleFile {
  readonly type: string;
  readonly bytes: Buffer;
  readonly gzipped: Buffer | null;
  readonly etag: string;
  /** Its name changes with its content. */
  readonly forEver: boolean;
}

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Where the build puts the console, whether this runs from the build or from the sources. */
const folder = (): string => {
  const monitoring = dirname(dirname(fileURLToPath(import.meta.url)));
  const dist = join(dirname(monitoring), 'dist', 'monitoring');
  return join(existsSync(dist) ? dist : monitoring, 'console');
};

const packed = (type: string, bytes: Buffer): Buffer | null =>
  type.startsWith('image/png') || type.startsWith('font/') ? null : gzipSync(bytes);

const read = (file: string, path: string): ConsoleFile => {
  const type = types[extname(file)] ?? 'application/octet-stream';
  const bytes = readFileSync(file);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  return {
    ...{ type, bytes, etag },
    gzipped: packed(type, bytes),
    forEver: path.startsWith('/assets/'),
  };
};

/** The console as it was built, by path; nothing where it was not built. */
export const readConsole = (): ReadonlyMap<string, ConsoleFile> => {
  const from = folder();
  if (!existsSync(join(from, 'index.html')) || !existsSync(join(from, 'assets'))) return new Map();
  return new Map(
    readdirSync(from, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file) => {
        const path = `/${relative(from, file).split(sep).join('/')}`;
        return [path, read(file, path)] as const;
      }),
  );
};
