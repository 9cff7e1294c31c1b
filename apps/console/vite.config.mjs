import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const system = process.env.ATRIUM_URL ?? `http://127.0.0.1:${process.env.ATRIUM_PORT ?? 3000}`;
const proxied = Object.fromEntries(['/api', '/health', '/docs', '/issuer', '/console/settings.json'].map((prefix) => [prefix, system]));

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { host: '127.0.0.1', port: 5173, proxy: proxied },
  build: {
    outDir: path.resolve(import.meta.dirname, '../../dist/apps/console'),
    emptyOutDir: true,
    target: 'es2022',
    // The front's content security policy allows scripts and images of its own origin only: nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack)[\\/]/, priority: 2 },
            // Signing in elsewhere: loaded by those who do.
            { name: 'open-id', test: /node_modules[\\/](oidc-client-ts|jwt-decode)[\\/]/, priority: 3 },
            { name: 'antd', test: /node_modules[\\/]/, priority: 1 },
          ],
        },
      },
    },
  },
});
