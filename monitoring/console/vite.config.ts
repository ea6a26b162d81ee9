import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** The address of monitoring that the development server speaks with. */
const monitoring = process.env['LBBUS_OPERATOR_URL'] ?? 'http://127.0.0.1:8090';

export default defineConfig({
  root: at('.'),
  cacheDir: at('../../.lb-bus/cache/vite'),
  esbuild: { jsx: 'automatic' },
  build: {
    outDir: at('../../dist/monitoring/console'),
    emptyOutDir: true,
    target: 'es2022',
    // Nothing inline: the policy of the page forbids it.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_200,
    reportCompressedSize: false,
    rollupOptions: {
      // Libraries mark what runs in the browser only; here everything does.
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
  server: { proxy: { '/admin': monitoring, '/sign-in': monitoring, '/sign-out': monitoring } },
});
