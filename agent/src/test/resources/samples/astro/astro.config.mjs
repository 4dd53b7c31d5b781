import { defineConfig } from "astro/config";

export default defineConfig({
  site: "https://farside.example",
  devToolbar: { enabled: false },
});
