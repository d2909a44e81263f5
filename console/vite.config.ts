import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** `npx vite` in this folder serves the sources and passes everything else to a running network. */
const network = process.env["MILEPOOL_PUBLIC_URL"] ?? "http://127.0.0.1:8080";
/** The network takes changes from its own pages only: these are its pages. */
const asItsOwn = { target: network, changeOrigin: true, headers: { origin: network } };

export default defineConfig({
  plugins: [react()],
  worker: { format: "es" }, // maplibre-gl's worker is a module
  build: {
    target: "es2023",
    // Fonts stay files: the content security policy allows no data: fonts.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { "/v1": asItsOwn, "/openapi.json": asItsOwn, "/docs": asItsOwn } },
  test: { include: ["src/**/*.test.ts"], environment: "node", setupFiles: ["../scripts/properties.mjs"] },
} as Parameters<typeof defineConfig>[0]);
